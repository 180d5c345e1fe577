"""The parts of a job's page, each given by its noun, in the order of the chain.

rows(page): {name: (QuerySet, paths)} of what the page gathers in one query; part(page): the words
of the template, made of `page.found`. Money is asked for by itself: no JSON on its way.
"""

from jobs.views.parts import about, brief, closing, estimate, timeline, work

PARTS = (about, brief, estimate, timeline, work, closing)
