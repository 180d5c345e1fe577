import os
from datetime import timedelta

from agency.common.clock import run_step
from archives import storage
from archives.kinds import Kind
from archives.models import Document
from archives.tasks import STEPS
from tests.archives.papers import NOON, make_document
from tests.archives.test_reading import LETTERS, pdf_saying
from tests.builders import make_client


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
