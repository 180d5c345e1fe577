"""The parts of a job's page, each given by its noun, in the order of the chain."""

from jobs.views.parts import brief, closing, estimate, timeline, work

PARTS = (brief.part, estimate.part, timeline.part, work.part, closing.part)
