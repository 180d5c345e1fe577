"""What changed between two versions of a brief, part by part (R51)."""

from datetime import date
from decimal import Decimal

import pytest

from jobs.reports.changes import changes_between, pieces
from tests.builders import make_client
from tests.jobs import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R51")]


@pytest.fixture
def job(ae, am):
    return make.make_job(make_client("LM", team=[ae, am]), ae)


def shown(old, new):
    return [(str(row.label), row.pieces) for row in changes_between(old, new)]


def test_words_that_stayed_went_and_came():
    assert pieces("Sell the crunch", "Sell the taste") == [
        ("same", "Sell the "), ("dropped", "crunch"), ("added", "taste"),
    ]  # fmt: skip


def test_chinese_is_compared_by_character():
    assert pieces("海报第二稿", "海报第三稿") == [
        ("same", "海报第"), ("dropped", "二"), ("added", "三"), ("same", "稿"),
    ]  # fmt: skip


def test_same_versions_show_nothing(job):
    brief = make.make_brief(job)
    assert changes_between(brief, brief) == []


def test_each_part_that_differs_is_named(job):
    old = make.make_brief(job, state="superseded", budget=Decimal("100.00"))
    new = make.make_brief(job, message="Another", budget=Decimal("120.00"))
    assert [label for label, _pieces in shown(old, new)] == ["message", "budget without VAT"]
    assert shown(old, new)[1][1] == [("dropped", "100.00"), ("added", "120.00")]


def test_facts_are_compared_by_name(job, ae):
    old = make.make_brief(job, state="superseded")
    new = make.make_brief(job)
    old.facts.create(name="Photo", state="awaited", due_on=date(2026, 11, 24), from_user=ae)
    new.facts.create(name="Photo", state="received")
    new.facts.create(name="Logo", state="received")
    assert [row for _label, row in shown(old, new)] == [
        [("same", "Photo: "), ("dropped", "Awaited"), ("added", "Received")],
        [("same", "Logo: "), ("added", "Received")],
    ]  # fmt: skip
