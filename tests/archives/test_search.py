"""Papers are found by any word in them, by whoever may see them (9.3, R39)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archives.models import SearchChunk
from archives.reading import Reading
from archives.search.hits import find
from archives.search.index import CHUNK
from archives.search.narrowing import Asked, conditions
from archives.search.question import read
from archives.services import keep_text, void_document
from archives.services.documents import name_job
from archives.tasks import document as tasks
from tests.archives.papers import NOON, make_document
from tests.builders import from_kept, make_brand, make_client, make_contact, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R39")]
ae, stranger, client, paper = from_kept("ae", "stranger", "client", "paper")
TEXT = "第三条：客户应于 12月3日前确认样片，制作费合计 55,947.16 元。"


def make_kept():
    ae, stranger = make_user(), make_user()
    client = make_client("LM", team=[ae], name="绿麦食品", name_en="Greenwheat Foods")
    make_client("YL", team=[stranger], name="驭澜汽车")
    paper = make_document(
        client, number="LM/CR/2026/014", title="冬季礼盒会晤报告", title_en="Winter gift box call",
        contact=make_contact(client, name="何嘉宁"), brand=make_brand(client, name="麦香"),
        text=TEXT, job_numbers=["LM-26-003"],
    )  # fmt: skip
    return {"ae": ae, "stranger": stranger, "client": client, "paper": paper}


def found(typed, user, at=NOON):
    asked = read(typed)
    result = find(asked, user, at, date(2026, 11, 30), wanted=conditions(asked, Asked(user, at)))
    return [hit.paper for hit in result.hits]


HITS = [
    "LM/CR/2026/014", "LM-CR-2026-014", "lmcr2026014", "014", "CR/2026",
    "LM-26-003", "lm26003", "LM/26/003", "何嘉宁", "会晤报告 绿麦", "礼盒会", "冬", "样片",
    "55,947.16", "55947.16", "2026", "winter gift", "GREENWHEAT", "麥香", "确认样片，制作费",
    '"gift box"', "client:lm", "kind:contact_report", "kind:会晤报告 year:2026", "礼盒 -海报",
    "job:LM-26-003", "face:client is:issued", "after:2026-11-18 before:2026-11-20", "paper.pdf",
]  # fmt: skip


@pytest.mark.parametrize("typed", HITS)
def test_the_paper_is_found(typed, ae, paper):
    assert found(typed, ae) == [paper]


@pytest.mark.parametrize("typed", HITS)
def test_nobody_else_learns_of_it(typed, stranger, paper):
    asked = read(typed)
    wanted = conditions(asked, Asked(stranger, NOON))
    result = find(asked, stranger, NOON, date(2026, 11, 30), wanted=wanted)
    assert (result.total, result.hits) == (0, [])
    assert not any(result.facets.values())


MISSES = [
    "礼盒海报", "lmcr2026015", '"box gift"', "礼盒 -冬季", "year:2025", "client:YL", "before:2020",
    "after:2026-11-19", "is:signed", "is:x", "kind:x", "job:x", "face:internal", "by:@me",
    "year:x", "before:2026-13-45", "55947.17",
]  # fmt: skip


@pytest.mark.parametrize("typed", MISSES)
def test_what_is_not_in_it_finds_nothing(typed, ae, paper):
    assert found(typed, ae) == []


WEIRD = ["'", "a'b\\c", "!&|()", "<->", "\0礼盒\0", "x" * 10_000, "礼" * 9_000, '"', "-", ":*",
         "-礼盒", "client:", "🎁", "'礼盒':A", "%s %d", "a & b | !c"]  # fmt: skip


@pytest.mark.parametrize("typed", WEIRD)
def test_no_question_fails(typed, ae, paper):
    assert found(typed, ae) in ([], [paper])


@pytest.mark.parametrize("text", ["媒介计。介计划", "计划、介计、媒介", "媒介 计划"])
def test_characters_must_stand_in_a_row(text, ae, client):
    make_document(client, title="便笺", text=text)
    assert found("媒介计划", ae) == []


@pytest.mark.parametrize("text", ["附媒介计划表", "附媒介\n计划表", "附媒介計劃表"])
def test_a_row_of_characters_is_found_as_it_is_compared(text, ae, client):
    paper = make_document(client, title="便笺", text=text)
    for typed in ("媒介计划", "介计划表", "媒介計劃", "介计划"):
        assert found(typed, ae) == [paper]


def test_the_last_words_of_a_long_paper_are_found(ae, client):
    long = make_document(client, text="空" * 3 * CHUNK + "压轴词语")
    assert found("压轴词语", ae) == [long]
    assert long.chunks.count() == 5


def test_a_word_over_the_edge_of_two_pieces_is_found(ae, client):
    paper = make_document(client, text="空" * (CHUNK - 2) + "跨页词语" + "空" * 50)
    assert found("跨页词语", ae) == [paper]


def test_words_of_different_pages_are_of_one_paper(ae, client):
    paper = make_document(client, text="前言" + "空" * 2 * CHUNK + "结语")
    assert found("前言 结语", ae) == [paper]


def test_what_is_read_later_is_found_from_then_on(ae, client):
    paper = make_document(client)
    assert found("扫描正文", ae) == []
    keep_text(paper=paper, reading=Reading("扫描正文", 1), at=NOON)
    assert found("扫描正文", ae) == [paper]


def test_a_job_number_given_later_is_found(ae, paper):
    name_job(paper, "LM-26-009", by=None, at=NOON)
    assert found("lm26009", ae) == [paper]
    assert found("lm26003", ae) == [paper]


@pytest.mark.parametrize("written", ["LM26077", "lm/26/077", "附件 XA-LM-26-077-B"])
def test_a_number_is_found_however_it_was_written_and_in_a_longer_one(written, ae, client):
    other = make_document(client, text=f"见{written}。", title="其他")
    assert found("LM-26-077", ae) == [other]
    assert found("LM-26-07", ae) == [other]
    assert found('"LM-26-07"', ae) == []


def test_the_exact_number_stands_before_a_part_a_title_a_name_and_the_text(ae, client, paper):
    make_document(client, title="LM CR 2026 014 的附件")
    make_document(client, text="见 LM/CR/2026/014", title="其他")
    result = find(read("LM/CR/2026/014"), ae, NOON, date(2026, 11, 30))
    assert result.hits[0].paper == paper
    assert [int(hit.score) for hit in result.hits] == sorted(
        (int(hit.score) for hit in result.hits), reverse=True
    )


def test_a_void_paper_stands_last(ae, client):
    am = make_user(role="am")
    client.assignments.create(user=am, role="am", starts_on=date(2026, 1, 1))
    old = make_document(client, kind="fax", title="传真甲")
    void_document(document=old, reason="发错了收件人，作废重发", by=am, at=NOON)
    new = make_document(client, kind="fax", title="传真甲", dated_on=date(2020, 1, 1))
    assert found("传真甲", ae) == [new, old]


def test_a_new_name_is_found_once_the_clock_has_looked(ae, client, paper):
    client.name = "青禾食品"
    client.save()
    for row in tasks.without_words(NOON):
        tasks.keep_words(row, NOON)
    assert (found("青禾", ae), found("绿麦", ae)) == ([paper], [])


def test_counts_are_those_of_what_the_person_sees(ae, client, paper):
    make_document(client, kind="fax", title="礼盒传真", dated_on=date(2024, 1, 1))
    facets = find(read("礼盒"), ae, NOON, date(2026, 11, 30)).facets
    assert facets["kind"] == {"contact_report": 1, "fax": 1}
    assert facets["year"] == {"2026": 1, "2024": 1}


def test_as_many_questions_for_a_stranger_as_for_the_ae(ae, stranger, paper):
    counts = []
    for user in (ae, stranger):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found("礼盒", user)
        counts.append(len(asked))
    assert counts[0] - counts[1] in (0, 1, 2)


def test_the_words_are_marked_where_they_stand(ae, paper):
    (hit,) = find(read("55947.16"), ae, NOON, date(2026, 11, 30)).hits
    assert [text for text, is_marked in hit.snippet if is_marked] == ["55,947.16"]


def test_a_paper_is_indexed_once(client, paper):
    keep_text(paper=paper, reading=Reading("新的正文", 1), at=NOON)
    assert SearchChunk.objects.filter(document=paper).count() == 2
