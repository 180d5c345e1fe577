"""Each file once a week by the clock, the store itself too, and at each download (B5, C13)."""

import os
from datetime import timedelta

import pytest

from agency.common.clock import run_step
from agency.common.models import Heartbeat, Notification
from archives import storage
from archives.models import ClientAnswer
from archives.tasks.keeping import MONDAY as EPOCH
from archives.tasks.keeping import SHELF_MINUTES, SHELVES, STEPS, WEEK_MINUTES, minutes_due
from archives.tasks.keeping import slice_of_week as papers_due
from tests.archives.papers import NOON, make_document, page
from tests.builders import make_client, make_contact, make_user

MONDAY = EPOCH + (NOON - EPOCH) // timedelta(weeks=1) * timedelta(weeks=1)
CHANGED = "no longer what was filed"


def run(name, at):
    step = next(step for step in STEPS if step.name == name)
    return list(run_step(step, at))


def minute_of(paper):
    return MONDAY + timedelta(minutes=paper.pk % WEEK_MINUTES)


def minute_of_shelf(sha256):
    return MONDAY + timedelta(minutes=SHELVES.index(sha256[:2]) * SHELF_MINUTES)


def damage(sha256, fault="changed"):
    path = storage.path_of(sha256)
    path.chmod(0o640)
    path.unlink() if fault == "missing" else path.write_bytes(b"other")


def beat(at):
    Heartbeat.objects.create(at=at, host="h", boot_s=1, db_gap_s=0)


def told():
    return list(Notification.objects.filter(kind="rot").order_by("pk"))


# --- the week ------------------------------------------------------------------------------------


def test_every_paper_and_shelf_has_its_minute_of_the_week(db):
    client = make_client()
    papers = {make_document(client, content=bytes([number])) for number in range(3)}
    found = [row for paper in papers for row in papers_due(minute_of(paper))]

    assert sorted(paper.pk for paper in found) == sorted(paper.pk for paper in papers)
    assert len(SHELVES) * SHELF_MINUTES <= WEEK_MINUTES


@pytest.mark.parametrize(
    ("last", "minutes"),
    [
        (None, [60]),
        (timedelta(seconds=30), [60]),  # the same minute began before
        (timedelta(seconds=1), []),
        (timedelta(minutes=3), [58, 59, 60]),
        (timedelta(hours=2), list(range(WEEK_MINUTES - 59, WEEK_MINUTES)) + list(range(61))),
    ],
)
def test_what_a_late_tick_or_a_standing_clock_missed_is_made_up_for(db, last, minutes):
    at = MONDAY + timedelta(hours=1, seconds=20)
    if last:
        beat(at - last)

    assert minutes_due(at) == minutes


def test_no_more_than_a_day_is_made_up_for(db):
    beat(MONDAY - timedelta(days=30))

    assert len(minutes_due(MONDAY)) == 24 * 60


@pytest.mark.parametrize("fault", ["missing", "changed"])
def test_rot_is_told_once(ae, am, fault):
    admin = make_user(role="admin")
    paper = make_document(make_client(team=[ae, am]))
    damage(paper.sha256, fault)
    at = minute_of(paper)

    assert run("files", at) == [f"files: {fault}: {paper}"]
    run("files", at + timedelta(weeks=1))

    assert {notice.recipient for notice in told()} == {admin, ae, am}
    assert len(told()) == 3
    assert paper.sha256[:12] in told()[0].label


def test_whole_file_is_no_news(db):
    paper = make_document(make_client())

    assert run("files", minute_of(paper)) == []
    assert run("shelves", minute_of_shelf(paper.sha256)) == []


def test_file_that_belongs_to_nothing_is_told_once_to_administrators(ae):
    admin = make_user(role="admin")
    make_client(team=[ae])
    stray = storage.store(b"nobody's").sha256
    at = minute_of_shelf(stray)
    os.utime(storage.path_of(stray), (at.timestamp(), at.timestamp() - 23 * 60 * 60))
    assert run("shelves", at) == []  # its row may be on its way

    week = at + timedelta(weeks=1)
    assert run("shelves", week) == [f"shelves: orphan: {stray}"]
    run("shelves", week + timedelta(weeks=1))
    (notice,) = told()
    assert (notice.recipient, notice.level) == (admin, "info")
    assert stray[:12] in notice.label


# --- at each download ----------------------------------------------------------------------------


@pytest.mark.rule("C15")
@pytest.mark.parametrize("fault", ["missing", "changed"])
def test_signed_paper_that_rotted_is_refused_and_told(at_ae, client_, ae, am, fault):
    paper = make_document(client_, kind="estimate", number="LM/PE/2026/014")
    ClientAnswer.objects.create(
        document=paper, contact=make_contact(client_), answer="signed", at=NOON,
        sha256=paper.sha256, proof=make_document(client_, content=b"scan"),
        recorded_by=ae, confirmed_by=am, confirmed_at=NOON,
    )  # fmt: skip
    damage(paper.sha256, fault)

    for _time in range(2):
        text = page(at_ae.get(f"/archives/{paper.pk}/pdf/"), 507)
        assert ("is missing" if fault == "missing" else CHANGED) in text
    assert {notice.recipient for notice in told()} == {ae, am}
    assert len(told()) == 2
