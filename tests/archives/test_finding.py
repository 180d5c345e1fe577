"""The stopwatch: from the first key to the opened paper, and its figures (R39, 9.3)."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from archives.models import FindSession
from archives.search import figures
from archives.services import note_opened, note_search
from archives.services.finding import seconds
from archives.tasks import document as tasks
from tests.archives.papers import NOON, make_document
from tests.builders import from_kept, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R39")]
SECOND = timedelta(seconds=1)
ae, other, paper = from_kept("ae", "other", "paper")


def make_kept():
    ae = make_user()
    return {"ae": ae, "other": make_user(), "paper": make_document(make_client("LM", team=[ae]))}


def search(user, after=0, typed=2, query="礼盒", results=3):
    return note_search(
        user=user, query=query, facets={}, results=results, typed_for=typed * SECOND,
        at=NOON + after * SECOND,
    )  # fmt: skip


def opened(row, user, paper, after):
    return note_opened(session=row.pk, user=user, paper=paper, at=NOON + after * SECOND)


def test_it_runs_from_the_first_key_to_the_opened_paper(ae, paper):
    row = opened(search(ae), ae, paper, 19)
    assert (row.seconds, row.ended, row.opened) == (D("21.0"), "opened", paper)


def test_several_questions_are_one_search(ae, paper):
    search(ae, query="礼")
    row = search(ae, 60, query="礼盒样片", results=0)
    assert opened(row, ae, paper, 90).seconds == D("92.0")
    assert FindSession.objects.get().query == "礼盒样片"


@pytest.mark.parametrize(("still", "count"), [(119, 1), (120, 2), (121, 2)])
def test_two_minutes_of_stillness_end_it(still, count, ae):
    search(ae)
    search(ae, still)
    assert FindSession.objects.count() == count
    assert FindSession.objects.filter(ended="abandoned").count() == count - 1


@pytest.mark.parametrize(("passed", "ended"), [(599, ""), (600, "abandoned")])
def test_ten_minutes_without_a_paper_are_given_up(passed, ended, ae):
    row = search(ae)
    at = NOON + passed * SECOND
    for one in tasks.searches_left(at):
        tasks.abandon(one, at)
    row.refresh_from_db()
    assert row.ended == ended


def test_a_clock_that_lies_is_held_to_ten_minutes(ae, paper):
    assert opened(search(ae, typed=10**7), ae, paper, 0).seconds == 600
    assert opened(search(ae, typed=-50), ae, paper, 1).seconds == 1


def test_it_is_taken_once_and_by_the_person_alone(ae, other, paper):
    row = search(ae)
    assert opened(row, other, paper, 5) is None
    opened(row, ae, paper, 10)
    assert opened(row, ae, paper, 50) is None
    assert FindSession.objects.get().seconds == 12


def test_a_person_has_one_search_at_a_time(ae):
    row = search(ae)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(("milliseconds", "shown"), [(49, "0.0"), (50, "0.1"), (20_950, "21.0")])
def test_seconds_have_one_decimal(milliseconds, shown):
    assert str(seconds(timedelta(milliseconds=milliseconds))) == shown


# --- figures -------------------------------------------------------------------------------------


def past(user, paper, spans, given_up=0, query="礼盒"):
    for span in spans:
        FindSession.objects.create(
            user=user, started_at=NOON, last_at=NOON, query=query, results=1, opened=paper,
            opened_at=NOON, seconds=D(str(span)), ended="opened",
        )  # fmt: skip
    for _number in range(given_up):
        FindSession.objects.create(
            user=user, started_at=NOON, last_at=NOON, query=query, ended="abandoned"
        )


def month(user):
    (row,) = figures.months(NOON - SECOND, NOON + SECOND, [user.pk])
    return row


@pytest.mark.parametrize(
    ("spans", "given_up", "median", "p95", "share", "is_slow"),
    [
        ([10, 20, 30], 0, "20.0", 30, 1, False),
        ([10, 20], 0, "15.0", 20, 1, False),
        ([10, 180], 0, "95.0", 180, 1, False),
        ([10, "180.1"], 0, "95.1", D("180.1"), D("0.5"), True),
        ([10] * 19, 1, "10.0", 10, D("0.95"), False),
        ([10] * 18, 2, "10.0", None, D("0.9"), True),
    ],
)
def test_months_figures(spans, given_up, median, p95, share, is_slow, ae, paper):
    past(ae, paper, spans, given_up)
    row = month(ae)
    assert (row.median, row.p95, row.share) == (D(median), p95, share)
    assert (row.searches, row.is_slow) == (len(spans) + given_up, is_slow)


def test_a_search_that_goes_on_counts_nowhere(ae):
    search(ae)
    assert figures.months(NOON - SECOND * 9, NOON + SECOND, [ae.pk]) == []


def test_the_slowest_ten_and_what_found_nothing(ae, other, paper):
    past(ae, paper, range(1, 14), given_up=1, query="找不到")
    past(other, paper, [500])
    span = (NOON - SECOND, NOON + SECOND, [ae.pk])
    assert [row.seconds for row in figures.slowest(*span)] == list(range(13, 3, -1))
    assert [row.query for row in figures.missed(*span)] == ["找不到"]
