"""Tapes: entered, lent, back, lost, discarded; the clock when the day is past (R47)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from agency.common.clock import run_step
from agency.common.errors import Refused, Stale
from agency.common.models import Notification
from agency.home import duties_of
from archives import services
from archives.models import Ad, Competitor, Document, Tape, TapeLoan
from archives.search.groups import groups
from archives.search.question import read
from archives.tasks import STEPS
from tests.archives.papers import NOON, page
from tests.builders import from_kept, make_brand, make_client, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R47")]
TODAY, FRIDAY = NOON.date(), date(2026, 11, 20)
STEP = next(step for step in STEPS if step.name.startswith("tape loans"))
WHY = "Nobody has seen it since the move"


def make_kept():
    ae, am, artist = make_user(role="ae"), make_user(role="am"), make_user(role="department")
    lm = make_client("LM", team=[ae, am, artist], name="绿麦食品")
    rival = Competitor.objects.create(brand=make_brand(lm), name="金穗")
    return {"ae": ae, "am": am, "artist": artist, "lm": lm, "rival": rival}


ae, am, artist, lm, rival = from_kept("ae", "am", "artist", "lm", "rival")


def make_tape(client, by, **fields):
    facts = {"title": "中秋 30 秒", "format": "betacam", "shelf": "B-03", **fields}
    return services.create_tape(client=client, by=by, at=NOON, **facts)


def lend(tape, by, borrower=None, due_on=FRIDAY, **fields):
    return services.lend_tape(
        tape=tape, borrower=borrower or by, due_on=due_on, by=by, at=NOON, **fields
    )


def test_numbers_follow_one_another_and_whose_it_is_is_one_of_two(lm, rival, ae):
    own, theirs = make_tape(lm, ae), make_tape(lm, ae, competitor=rival)
    assert (own.number, theirs.number) == ("TP-0001", "TP-0002")
    assert (own.owner_name, theirs.owner_name, theirs.account) == ("绿麦食品", "金穗", lm)
    with pytest.raises(IntegrityError, match="tape_of_client_xor_competitor"):
        Tape.objects.filter(pk=theirs.pk).update(client=lm)


def test_competitor_and_ad_are_of_the_same_client(lm, rival, ae):
    other = make_client(team=[ae])
    ad = Ad.objects.create(client=other, medium="tv", title="x", first_run=TODAY, year=2026)
    for wrong in ({"client": other, "competitor": rival}, {"client": lm, "ad": ad}):
        with pytest.raises(Refused):
            make_tape(by=ae, **wrong)


def test_seen_by_who_serves_the_client_or_the_brand_it_competes_with(lm, rival, ae, artist):
    tapes = {make_tape(lm, ae), make_tape(lm, ae, competitor=rival)}
    assert set(Tape.objects.visible_to(artist)) == tapes
    assert not Tape.objects.visible_to(make_user()).exists()


def test_lent_to_one_at_a_time(lm, ae, am):
    tape = make_tape(lm, ae)
    loan = lend(tape, ae, am)
    with pytest.raises(Refused):
        lend(tape, ae)
    assert (loan.borrower, Tape.objects.get().state) == (am, "out")
    with pytest.raises(IntegrityError, match="tape_lent_once"):
        TapeLoan.objects.create(tape=tape, borrower=ae, out_at=NOON, due_on=FRIDAY)


@pytest.mark.parametrize("day", [date(2026, 11, 18), date(2027, 11, 21)])
def test_lent_for_a_day_from_today_to_a_year(lm, ae, day):
    with pytest.raises(Refused):
        lend(make_tape(lm, ae), ae, due_on=day)


def test_lent_to_who_may_see_the_client_by_the_account_service(lm, ae, artist):
    tape = make_tape(lm, ae)
    with pytest.raises(Refused):
        lend(tape, ae, make_user())
    with pytest.raises(PermissionDenied):
        lend(tape, artist)
    assert lend(tape, ae, artist).borrower == artist


def test_back_on_the_shelf_and_lent_again(lm, ae):
    tape = make_tape(lm, ae)
    loan = lend(tape, ae, row_version=0)
    with pytest.raises(Stale):
        services.return_tape(tape=tape, by=ae, at=NOON, row_version=0)
    services.return_tape(tape=tape, by=ae, at=NOON, row_version=1)
    loan.refresh_from_db()
    assert (loan.back_at, Tape.objects.get().state) == (NOON, "in")
    assert lend(tape, ae).pk != loan.pk


def test_lost_with_its_borrower_found_and_discarded(lm, ae):
    tape = make_tape(lm, ae)
    lend(tape, ae)
    who = {"tape": tape, "by": ae, "at": NOON}
    with pytest.raises(Refused):
        services.discard_tape(reason=WHY, **who)
    with pytest.raises(Refused):
        services.lose_tape(reason="gone", **who)
    assert services.lose_tape(reason=WHY, **who).state_reason == WHY
    assert services.return_tape(**who).state_reason == ""
    assert services.discard_tape(reason=WHY, **who).state == "discarded"
    with pytest.raises(Refused):
        lend(tape, ae)


# --- the clock: due Friday 20 November -----------------------------------------------------------


def tick(moment):
    return len(list(run_step(STEP, when(moment))))


def told():
    rows = Notification.objects.filter(kind="loan_due", is_dropped=False).order_by("pk")
    return [(row.recipient.role, row.level) for row in rows]


def test_overdue_tells_the_borrower_then_the_ae_every_working_morning(lm, ae, artist):
    lend(make_tape(lm, ae), ae, artist)
    assert tick("2026-11-23 08:59:59") == 0
    assert (tick("2026-11-23 09:00:00"), tick("2026-11-23 17:00:00")) == (1, 0)
    assert told() == [("department", "remind")]
    assert tick("2026-11-24 09:00:00") == 1
    assert told()[1:] == [("department", "breach"), ("ae", "breach")]
    assert [tick(f"2026-11-{day} 09:00:00") for day in (27, 28, 30)] == [1, 0, 1]


def test_nobody_is_told_of_what_is_back_or_lost(lm, ae, artist):
    back, lost = make_tape(lm, ae), make_tape(lm, ae)
    for tape in (back, lost):
        lend(tape, ae, artist)
    services.return_tape(tape=back, by=ae, at=NOON)
    services.lose_tape(tape=lost, reason=WHY, by=ae, at=NOON)
    assert (tick("2026-11-23 09:00:00"), told()) == (0, [])


@pytest.mark.rule("R69")
def test_home_of_borrower_and_ae_from_the_next_day(lm, rival, ae, am, artist):
    lend(make_tape(lm, ae, competitor=rival), ae, artist)

    def rows(user, moment):
        return [row.client for row in duties_of(user, when(moment)) if row.group == "Bring back"]

    assert rows(artist, "2026-11-20 18:00") == []
    found = [rows(user, "2026-11-21 10:00") for user in (artist, ae, am)]
    assert found == [["绿麦食品"], ["绿麦食品"], []]


@pytest.mark.rule("R92")
def test_a_borrowed_tape_moves_to_the_successor(lm, ae, artist):
    loan = lend(make_tape(lm, ae), ae, artist)
    assert services.open_duties(artist) == {lm: 1}
    assert services.reassign(old=artist, new=ae, client=lm, by=ae, at=NOON) == 1
    loan.refresh_from_db()
    assert loan.borrower == ae


# --- the paper -----------------------------------------------------------------------------------


@pytest.mark.papers
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


@pytest.mark.rule("R39")
def test_found_by_its_number_and_by_the_competitor_above_the_papers(lm, rival, ae):
    make_tape(lm, ae, competitor=rival)

    def found(words, user=ae):
        return [row.code for group in groups(read(words), user, NOON) for row in group.rows]

    for words in ("tp0001", "TP-0001", "秋 30", "金穗", "30 秒 client:LM"):
        assert found(words) == ["TP-0001"]
    assert found("金穗 client:YL") == found("金穗", make_user()) == []


# --- the pages -----------------------------------------------------------------------------------


def address(name, tape=None, query=""):
    return reverse(f"archives:tape_{name}", args=[tape.pk] if tape else []) + query


def test_pages_from_the_shelf_to_the_borrower(sign_in, lm, rival, ae, artist):
    browser = sign_in(ae)
    facts = {"title": "Rival film", "format": "vhs", "shelf": "C-1", "length_s": "1:05"}
    new = {**facts, "competitor": rival.pk, "form_key": "6f1f0d6c-5c0e-4c57-9a52-8f2f5a5f0009"}
    assert "金穗" in page(browser.post(address("create"), new, follow=True))
    tape = Tape.objects.get()
    bad = page(browser.post(address("update", tape), {**facts, "length_s": "1:75"}), 422)
    assert "minutes and seconds" in bad
    browser.post(address("update", tape), {**facts, "shelf": "C-2", "row_version": 0})
    sent = {"borrower": artist.pk, "due_on": "2099-01-01", "row_version": 1}
    assert "to a year from now" in page(browser.post(address("lend", tape), sent), 422)
    text = page(browser.get(address("detail", tape)))
    assert "C-2" in text
    assert "1:05" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 2), ("?state=overdue", 1), ("?owner=competitor", 1), ("?q=金穗", 1), ("?state=lost", 0)],
)
def test_list_and_its_filters(sign_in, lm, rival, ae, query, found):
    make_tape(lm, ae)
    loan = lend(make_tape(lm, ae, competitor=rival), ae)
    TapeLoan.objects.filter(pk=loan.pk).update(due_on=date(2026, 1, 1))
    rows = sign_in(ae).get(address("list", query=query)).context["rows"]
    assert len(rows) == found
