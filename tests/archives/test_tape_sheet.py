"""The sheet in the box of a tape: what it says, and how it is filed (R47)."""

from datetime import date

import pytest

from agency.common.pdf import render, text_of
from archives import services
from archives.models import Ad, Document
from archives.papers_tape import tape_sheet
from tests.archives.papers import NOON
from tests.archives.tapes import FRIDAY, bring_back, lend, make_tape, make_world
from tests.builders import from_kept, when

pytestmark = [pytest.mark.django_db, pytest.mark.papers, pytest.mark.rule("R47")]


def make_kept():
    return make_world()


ae, artist, lm, rival = from_kept("ae", "artist", "lm", "rival")


def test_tape_sheet_is_filed_each_in_the_place_of_the_one_before(lm, rival, ae, artist):
    tape = make_tape(lm, ae, competitor=rival, length_s=30, content="收礼场景")
    services.print_tape_sheet(tape=tape, by=ae, at=NOON)
    lend(tape, ae, artist, purpose="看竞品")
    paper = services.print_tape_sheet(tape=tape, by=ae, at=NOON)
    papers = Document.objects.visible_to(artist).order_by("revision")
    assert [(row.label, row.state) for row in papers] == [
        ("TP-0001 录像带单 中秋 30 秒", "superseded"),
        ("TP-0001/R2 录像带单 中秋 30 秒", "issued"),
    ]
    assert (paper.kind, paper.source, paper.client) == ("tape_sheet", "金穗", lm)


def facts(tape, by, revision=1):
    return tape_sheet(tape, by=by, at=NOON, revision=revision)


def test_of_the_clients_own_tape_it_names_ad_and_job(lm, ae):
    ad = Ad.objects.create(
        client=lm, medium="tv", title="中秋 TVC", first_run=FRIDAY, year=2026,
        job_number="LM-26-014",
    )  # fmt: skip
    sheet = facts(make_tape(lm, ae, ad=ad, is_master=True, length_s=30), ae)
    assert (sheet["competitor"], sheet["ad"], sheet["jobs"]) == ("", "中秋 TVC", ["LM-26-014"])
    assert (sheet["face"], sheet["number"], sheet["revision"]) == ("internal", "TP-0001", 1)
    assert (sheet["format"], sheet["length"], sheet["is_master"]) == ("tape_betacam", "0:30", True)


def test_of_a_competitors_tape_it_names_him_and_the_client_it_is_kept_for(lm, rival, ae):
    sheet = facts(make_tape(lm, ae, competitor=rival), ae)
    assert (sheet["competitor"], sheet["client"]["name"]) == ("金穗", "绿麦食品")
    assert (sheet["ad"], sheet["jobs"], sheet["length"]) == ("", [], "")


def test_loans_stand_in_their_order_with_room_for_the_next(lm, ae, artist):
    tape = make_tape(lm, ae)
    lend(tape, ae, artist, purpose="看竞品")
    bring_back(tape, ae, at=when("2026-11-19 15:00"))
    lend(tape, ae, due_on=date(2026, 11, 30))
    sheet = facts(tape, ae)
    assert [(row["who"]["role"], row["purpose"]) for row in sheet["loans"]] == [
        ("creative", "看竞品"), ("ae", ""),
    ]  # fmt: skip
    assert [row["back_on"] for row in sheet["loans"]] == [date(2026, 11, 19), None]
    assert len(sheet["empty"]) == 6


def test_what_is_printed(lm, rival, ae, artist):
    tape = make_tape(lm, ae, competitor=rival, content="收礼场景", recorded_on=date(2026, 8, 1))
    lend(tape, ae, artist, purpose="看竞品")
    text = text_of(render("archives/pdf/tape_sheet.html", facts(tape, ae, revision=2)))
    for words in ("录像带单", "TP-0001/R2", "金穗", "B-03", "收礼场景", "看竞品", "对内"):
        assert words in text
