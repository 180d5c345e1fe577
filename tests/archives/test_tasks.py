import os
from datetime import timedelta

import pytest

from agency.common.clock import run_step
from agency.common.models import Notification
from archives import storage
from archives.kinds import Kind
from archives.models import Document
from archives.tasks.document import STEPS, WEEK_MINUTES, slice_of_week
from tests.archives.papers import NOON, make_document
from tests.archives.test_reading import LETTERS, pdf_saying
from tests.builders import make_client, make_user


def run(name, at=NOON):
    step = next(step for step in STEPS if step.name == name)
    return list(run_step(step, at))


def test_text_is_read_by_the_clock_once(db):
    paper = make_document(make_client(), content=pdf_saying(LETTERS))

    assert len(run("texts")) == 1
    paper.refresh_from_db()
    assert (paper.text, paper.pages, paper.text_at) == ("Quote 55,947.16", 1, NOON)
    assert run("texts") == []


def test_paper_without_text_stays_filed_and_is_not_tried_again(db):
    paper = make_document(make_client(), content=b"%PDF-1.7 broken")

    run("texts")

    paper.refresh_from_db()
    assert (paper.text, paper.pages, paper.state) == ("", None, "issued")
    assert run("texts") == []


def test_missing_file_hinders_no_other_text(db):
    client = make_client()
    lost = make_document(client, content=b"lost text", kind=Kind.MEMO)
    storage.path_of(lost.sha256).unlink()
    make_document(client, content=b"other text", kind=Kind.MEMO)

    assert len(run("texts")) == 1
    assert Document.objects.get(text="other text").kind == "memo"
    assert list(Document.objects.unread()) == [lost]


def test_left_over_temporary_files_go(db):
    old = storage.stage(b"died while writing")
    long_ago = (NOON - timedelta(days=2)).timestamp()
    os.utime(old.path, (long_ago, long_ago))

    assert run("leftovers") == [f"leftovers: removed {old.path.name}"]
    assert not old.path.exists()


def test_every_paper_is_looked_at_once_a_week(db):
    client = make_client()
    papers = {make_document(client, content=bytes([number])) for number in range(3)}
    found = []
    for minute in range(WEEK_MINUTES):
        if minute in {paper.pk % WEEK_MINUTES for paper in papers}:
            found += slice_of_week(start_of_week() + timedelta(minutes=minute))

    assert sorted(paper.pk for paper in found) == sorted(paper.pk for paper in papers)


def start_of_week():
    return NOON.replace(hour=0, minute=0) - timedelta(days=NOON.weekday())


@pytest.mark.parametrize("fault", ["missing", "changed"])
def test_rot_is_told_once(ae, am, fault):
    admin = make_user(role="admin")
    paper = make_document(make_client(team=[ae, am]))
    path = storage.path_of(paper.sha256)
    path.chmod(0o640)
    path.unlink() if fault == "missing" else path.write_bytes(b"other")
    at = start_of_week() + timedelta(minutes=paper.pk % WEEK_MINUTES)

    assert run("files", at) == [f"files: {fault}: {paper}"]
    run("files", at + timedelta(weeks=1))

    notices = Notification.objects.filter(kind="rot")
    assert {notice.recipient for notice in notices} == {admin, ae, am}
    assert notices.count() == 3
    assert paper.sha256[:12] in notices[0].label


def test_whole_file_is_no_news(db):
    paper = make_document(make_client())
    at = start_of_week() + timedelta(minutes=paper.pk % WEEK_MINUTES)

    assert run("files", at) == []
