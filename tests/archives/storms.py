"""Brainstorms for tests, in plain functions."""

from datetime import timedelta

from archives.services.brainstorm import add_idea, create_brainstorm, decide
from archives.services.brainstorm_record import file_record
from tests.archives.papers import NOON

HOUR = timedelta(hours=1)
BEGAN, ENDED = NOON - 2 * HOUR, NOON - HOUR
QUESTION = "How does crisp sound?"


def make_storm(brand, by, chair, people=(), at=NOON, **facts):
    """Held from ten to eleven, unless said otherwise."""
    defaults = {"question": QUESTION, "on": BEGAN, "ended_at": ENDED}
    return create_brainstorm(
        brand=brand,
        chair=chair,
        people=[by, *people],
        by=by,
        at=at,
        **{**defaults, **facts},
    )


def with_idea(storm, whose, text="A bite in the dark.", **more):
    return add_idea(brainstorm=storm, whose=whose, text=text, by=whose, at=NOON, **more)


def decided(storm, by, chosen=(), next_step="A demo by Friday."):
    return decide(brainstorm=storm, chosen=chosen, next_step=next_step, by=by, at=NOON)


def filed(storm, by, at=NOON):
    """With an idea of whoever files it, chosen, and a next step."""
    idea = with_idea(storm, by)
    return file_record(brainstorm=decided(storm, by, [idea]), by=by, at=at)
