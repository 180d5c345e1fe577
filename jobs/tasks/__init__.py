"""What the clock does for jobs, by noun; each step asks what is due and not done (C3, 5.5)."""

from jobs.tasks import chain, job, suggestion, timeline

STEPS = [*job.STEPS, *chain.STEPS, *timeline.STEPS, *suggestion.STEPS]
