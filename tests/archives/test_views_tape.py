"""Pages of tapes: the list with its filters, the page and what may be done there (R47)."""

from datetime import date

import pytest
from django.urls import reverse

from archives.models import Ad, Tape, TapeLoan
from tests.archives.papers import page
from tests.archives.tapes import FRIDAY, WHY, bring_back, lend, lose, make_tape, make_world
from tests.builders import from_kept, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R47")]


def make_kept():
    return make_world()


ae, am, artist, lm, rival = from_kept("ae", "am", "artist", "lm", "rival")


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


def acts(browser, tape):
    """The names of the pages that the page of the tape leads to."""
    text = page(browser.get(address("detail", tape)))
    names = ("lend", "back", "update", "sheet", "lost", "discard")
    return {name for name in names if f'href="{address(name, tape)}"' in text}


def test_each_state_offers_what_may_be_done(sign_in, lm, ae):
    browser, tape = sign_in(ae), make_tape(lm, ae)
    assert acts(browser, tape) == {"lend", "update", "sheet", "lost", "discard"}
    lend(tape, ae)
    assert acts(browser, tape) == {"back", "update", "sheet", "lost"}
    lose(tape, ae)
    assert acts(browser, tape) == {"back", "update", "sheet", "discard"}


def test_a_department_reads_and_does_nothing(sign_in, lm, ae, artist):
    tape = make_tape(lm, ae)
    browser = sign_in(artist)
    assert acts(browser, tape) == set()
    assert "New tape" not in page(browser.get(address("list")))


def test_the_page_says_who_has_it_since_when_and_why_it_is_gone(sign_in, lm, ae, artist):
    tape = make_tape(lm, ae)
    loan = lend(tape, ae, artist, purpose="See what they do")
    TapeLoan.objects.filter(pk=loan.pk).update(due_on=date(2026, 1, 2))
    text = page(sign_in(ae).get(address("detail", tape)))
    assert f"{artist.name}</span> was to bring it back by" in text
    assert "See what they do" in text
    lose(tape, ae)
    assert WHY in page(sign_in(ae).get(address("detail", tape)))


def test_back_lost_and_discarded_by_their_pages(sign_in, lm, ae):
    browser, tape = sign_in(ae), make_tape(lm, ae)
    lend(tape, ae)
    browser.post(address("back", tape), {"row_version": 1})
    for version, name in ((2, "lost"), (3, "discard")):
        short = {"reason": "gone", "row_version": version}
        assert "10 characters" in page(browser.post(address(name, tape), short), 422)
        browser.post(address(name, tape), {"reason": WHY, "row_version": version})
    assert Tape.objects.get().state == "discarded"


def test_who_came_second_sees_that_it_has_changed(sign_in, lm, ae):
    browser, tape = sign_in(ae), make_tape(lm, ae)
    lend(tape, ae)
    sent = {"borrower": ae.pk, "due_on": f"{FRIDAY}", "row_version": 0}
    assert browser.post(address("lend", tape), sent).status_code == 409


def test_lent_to_those_who_serve_the_client(sign_in, lm, ae, am, artist):
    stranger, gone = make_user(), make_user(is_active=False)
    form = sign_in(ae).get(address("lend", make_tape(lm, ae))).context["form"]
    people = set(form.fields["borrower"].queryset)
    assert {ae, am, artist, lm.group.head} == people
    assert not {stranger, gone} & people


def test_first_the_client_where_there_are_several(sign_in, lm, ae):
    other = make_client(team=[ae])
    browser = sign_in(ae)
    assert "First the client" in page(browser.get(address("create")))
    text = page(browser.get(address("create", query=f"?client={other.pk}")))
    assert "金穗" not in text
    assert "金穗" in page(browser.get(address("create", query=f"?client={lm.pk}")))


def test_an_ad_leads_to_its_tape_and_back(sign_in, lm, ae):
    ad = Ad.objects.create(client=lm, medium="tv", title="TVC", first_run=FRIDAY, year=2026)
    tape, browser = make_tape(lm, ae, ad=ad), sign_in(ae)
    assert ad.get_absolute_url() in page(browser.get(address("detail", tape)))
    assert tape.get_absolute_url() in page(browser.get(ad.get_absolute_url()))


def test_the_list_says_who_has_it_and_what_is_overdue(sign_in, lm, ae, artist):
    kept, out = make_tape(lm, ae), make_tape(lm, ae)
    TapeLoan.objects.filter(pk=lend(out, ae, artist).pk).update(due_on=date(2026, 1, 2))
    lend(kept, ae)
    bring_back(kept, ae)
    text = page(sign_in(ae).get(address("list")))
    assert "Overdue" in text
    assert artist.name in text


def test_the_clients_tab_shows_what_is_out_first(sign_in, lm, rival, ae, artist):
    out, lost = make_tape(lm, ae, competitor=rival), make_tape(lm, ae)
    lend(out, ae, artist)
    lose(lost, ae)
    make_tape(lm, ae)
    text = page(sign_in(ae).get(lm.get_absolute_url(), {"tab": "brand"}))
    places = [text.index(f"TP-000{number}</span>") for number in (1, 2, 3)]
    assert sorted(places) == places
    assert artist.name in text


def test_a_client_without_tapes_says_so(sign_in, lm, ae):
    text = page(sign_in(ae).get(lm.get_absolute_url(), {"tab": "brand"}))
    assert "No tapes yet" in text
    assert f"{address('create')}?client={lm.pk}" in text


@pytest.mark.parametrize("name", ["lend", "sheet", "lost", "discard", "update"])
def test_each_page_says_of_which_tape_it_is(sign_in, lm, ae, name):
    tape = make_tape(lm, ae)
    assert "TP-0001 中秋 30 秒" in page(sign_in(ae).get(address(name, tape)))
