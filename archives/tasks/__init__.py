"""What the clock does for the archives, by noun; each step asks what is due and not done (C3)."""

from archives.tasks import brand, document, incoming, keeping, pack, preview, quarterly, saved

STEPS = [
    *document.STEPS,
    *incoming.STEPS,
    *keeping.STEPS,
    *pack.STEPS,
    *preview.STEPS,
    *quarterly.STEPS,
    *brand.STEPS,
    *saved.STEPS,
]
