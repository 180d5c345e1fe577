"""The record of a brainstorm: what it wants, how it is filed, how it is corrected (R43)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.errors import Refused
from agency.common.pdf import render, text_of
from archives.models import Brainstorm, Document
from archives.papers_brand import brainstorm_record
from archives.services.brainstorm import add_idea, decide, update_brainstorm
from archives.services.brainstorm_record import (
    TEMPLATE,
    file_record,
    gaps,
    reopen_record,
)
from archives.storage import read_file
from tests.archives.papers import NOON
from tests.archives.storms import (
    ENDED,
    HOUR,
    decided,
    filed,
    make_storm,
    with_idea,
)
from tests.builders import make_brand, make_client, make_user

pytestmark = pytest.mark.django_db
REASON = "An idea was left out."


@pytest.fixture(autouse=True)
def blank(settings):
    settings.FAULT = "pdf_blank"


@pytest.fixture
def brand(ae, am):
    client = make_client("LM", name="绿麦食品", team=[ae, am], paper_language="both")
    return make_brand(client, name="脆谷")


@pytest.fixture
def storm(brand, ae, am):
    return make_storm(brand, ae, am, job_number="LM-26-014")


@pytest.mark.rule("R43")
def test_the_record_is_filed_as_a_paper_of_the_brand(storm, brand, ae):
    row = filed(storm, ae)
    paper = row.document
    assert (row.filed_at, row.next_notice_at) == (NOON, None)
    assert (paper.kind, paper.face, paper.number) == ("brainstorm", "internal", "LM/BS/2026/001")
    assert (paper.brand, paper.state, paper.name) == (brand, "issued", "LM-BS-2026-001.pdf")
    assert paper.title == "动脑会记录 How does crisp sound?"
    assert paper.title_en == "Brainstorm record How does crisp sound?"
    assert [job.job_number for job in paper.job_numbers.all()] == ["LM-26-014"]


def test_without_a_job_the_paper_names_none(brand, ae, am):
    row = filed(make_storm(brand, ae, am), ae)
    assert not row.document.job_numbers.exists()


def test_what_is_missing_is_said_all_at_once(storm, ae):
    assert gaps(storm, NOON) == ["No idea has been noted.", "The next step is missing."]
    with pytest.raises(Refused) as refused:
        file_record(brainstorm=storm, by=ae, at=NOON)
    assert len(refused.value.reasons) == 2


def test_before_the_end_nothing_is_filed(storm, ae):
    with_idea(storm, ae)
    row = decided(storm, ae)
    with pytest.raises(Refused, match="not ended"):
        file_record(brainstorm=row, by=ae, at=ENDED - HOUR)
    assert file_record(brainstorm=row, by=ae, at=ENDED).document


def test_no_idea_need_be_chosen(storm, ae):
    with_idea(storm, ae)
    assert file_record(brainstorm=decided(storm, ae), by=ae, at=NOON).filed_at == NOON


def test_what_is_filed_is_not_written_on(storm, ae, am):
    row = filed(storm, ae)
    facts = {"question": "?", "on": row.on, "ended_at": row.ended_at, "chair": am}
    for change in (
        lambda: file_record(brainstorm=row, by=ae, at=NOON),
        lambda: add_idea(brainstorm=row, whose=ae, text="Late.", by=ae, at=NOON),
        lambda: decide(brainstorm=row, chosen=[], next_step="No.", by=ae, at=NOON),
        lambda: update_brainstorm(brainstorm=row, people=[], by=ae, at=NOON, **facts),
    ):
        with pytest.raises(Refused, match="filed"):
            change()


def test_a_corrected_record_takes_the_place_of_the_former(storm, ae):
    row = reopen_record(brainstorm=filed(storm, ae), reason=REASON, by=ae, at=NOON)
    assert row.filed_at is None
    former = row.document
    assert former.state == "issued"
    with_idea(row, ae, "Thunder.")
    paper = file_record(brainstorm=row, by=ae, at=NOON).document
    former.refresh_from_db()
    assert (paper.number, paper.revision, paper.replaces) == (former.number, 2, former)
    assert paper.name == "LM-BS-2026-001-R2.pdf"
    assert former.state == "superseded"


def test_opening_it_again_asks_why_and_is_done_once(storm, ae):
    with pytest.raises(Refused, match="open already"):
        reopen_record(brainstorm=storm, reason=REASON, by=ae, at=NOON)
    row = filed(storm, ae)
    with pytest.raises(Refused, match="reason"):
        reopen_record(brainstorm=row, reason="Oops", by=ae, at=NOON)


def test_who_does_not_serve_the_client_files_nothing(storm, ae):
    with_idea(storm, ae)
    row = decided(storm, ae)
    with pytest.raises(PermissionDenied):
        file_record(brainstorm=row, by=make_user(), at=NOON)


def test_the_table_wants_a_paper_under_what_is_filed(storm):
    with pytest.raises(IntegrityError), transaction.atomic():
        Brainstorm.objects.filter(pk=storm.pk).update(filed_at=NOON)


def test_each_year_of_the_client_counts_its_own_records(brand, ae, am):
    numbers = [filed(make_storm(brand, ae, am), ae).document.number for _time in range(2)]
    assert numbers == ["LM/BS/2026/001", "LM/BS/2026/002"]


# --- the paper ----------------------------------------------------------------------------------


def test_the_facts_of_the_paper(storm, ae, am):
    idea = with_idea(storm, am)
    row = decided(storm, ae, [idea])
    facts = brainstorm_record(row, "LM/BS/2026/001", by=ae, at=NOON)
    assert facts["people"][0]["name"] == am.name
    assert facts["people"][0]["is_chair"]
    assert facts["jobs"] == ["LM-26-014"]
    assert facts["face"] == "internal"
    [noted] = facts["ideas"]
    assert (noted["text"], noted["is_chosen"]) == ("A bite in the dark.", True)


def test_the_paper_says_it_all_in_both_languages(storm, settings, ae, am):
    settings.FAULT = ""
    with_idea(storm, am, "黑暗中的一口脆。")
    row = decided(storm, ae, storm.ideas.all(), "周五前出样片。")
    facts = brainstorm_record(row, "LM/BS/2026/001", by=ae, at=NOON)
    text = text_of(render(TEMPLATE, facts))
    for words in ("动脑会记录 Brainstorm Record", "How does crisp sound?", "黑暗中的一口脆。",
                  "周五前出样片。", "LM/BS/2026/001", "LM-26-014", "内部文件"):  # fmt: skip
        assert words in text


def test_the_record_lies_in_the_store(storm, ae):
    paper = Document.objects.get(pk=filed(storm, ae).document_id)
    assert read_file(paper.sha256).startswith(b"%PDF")
