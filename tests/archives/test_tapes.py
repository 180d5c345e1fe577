"""Tapes: entered, lent, back, lost, discarded; the clock when the day is past (R47)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from agency.common.errors import Refused, Stale
from archives import services
from archives.models import Ad, Tape, TapeLoan
from archives.search.groups import groups
from archives.search.question import read
from archives.tasks import STEPS
from tests.archives.papers import NOON
from tests.archives.tapes import FRIDAY, TODAY, WHY, lend, make_tape, make_world
from tests.builders import from_kept, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R47")]
STEP = next(step for step in STEPS if step.name.startswith("tape loans"))


def make_kept():
    return make_world()


ae, am, artist, lm, rival = from_kept("ae", "am", "artist", "lm", "rival")


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


@pytest.mark.rule("R39")
def test_found_by_its_number_and_by_the_competitor_above_the_papers(lm, rival, ae):
    make_tape(lm, ae, competitor=rival)

    def found(words, user=ae):
        return [row.code for group in groups(read(words), user, NOON) for row in group.rows]

    for words in ("tp0001", "TP-0001", "秋 30", "金穗", "30 秒 client:LM"):
        assert found(words) == ["TP-0001"]
    assert found("金穗 client:YL") == found("金穗", make_user()) == []
