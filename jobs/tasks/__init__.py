"""What the clock does for jobs, by noun; each step asks what is due and not done (C3, 5.5)."""

STEPS = []
