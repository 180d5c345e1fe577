"""What the clock does for meetings."""

STEPS = []
