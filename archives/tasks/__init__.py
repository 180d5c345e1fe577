"""What the clock does for the archives, by noun; each step asks what is due and not done (C3)."""

from archives.tasks import document, keeping, preview

STEPS = [*document.STEPS, *keeping.STEPS, *preview.STEPS]
