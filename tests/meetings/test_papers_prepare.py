"""Reception sheet and press clipping as they are printed (R8, R9)."""

import pytest

from agency.common.pdf import render, text_of
from meetings import papers_prepare, services
from meetings.models import Room
from tests.builders import from_kept, make_contact, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
AT = when("2026-11-19 09:00")
SHEET = "meetings/pdf/reception.html"


def make_kept():
    ae = make_user("ae", name="陆小满", name_en="Lu Xiaoman", mobile="138 0000 0001")
    creative = make_user("creative", role="department", name="江照", mobile="138 0000 0002")
    client, contact = make.make_account(ae, code="LM", paper_language="both")
    second = make_contact(client, "陈立", title="品牌总监")
    people = [ae, creative, contact, second]
    plan = make.plan(client, ae, "2026-11-19 15:00", "2026-11-19 16:00", people)
    services.invite(meeting=plan, row_version=None, by=ae, at=when("2026-11-02 10:00"))
    room = Room.objects.create(name="望海厅", seats=12)
    return {"ae": ae, "creative": creative, "customer": client, "plan": plan, "room": room}


ae, creative, customer, plan, room = from_kept("ae", "creative", "customer", "plan", "room")


def sheet(plan):
    facts = papers_prepare.reception(plan, AT)
    return " ".join(text_of(render(SHEET, facts)).split())


@pytest.mark.rule("R9")
def test_reception_reads_how_to_speak_to_whom_and_when(plan, ae, room):
    services.book_room(meeting=plan, room=room, by=ae, at=AT)
    text = sheet(plan)
    for part in ("何总", "何嘉宁", "陈总", "陈立", "品牌总监", "望海厅", "15:00", "138 0000 0001"):
        assert part in text, part


@pytest.mark.rule("R9")
def test_our_others_stand_below_with_their_numbers(plan):
    text = sheet(plan)
    assert "江照" in text
    assert "138 0000 0002" in text
    assert text.count("138 0000 0001") == 1


@pytest.mark.rule("R9")
def test_without_a_room_a_dash_stands_there(plan):
    facts = papers_prepare.reception(plan, AT)
    assert (facts["room"], facts["phone"]) == ("", "138 0000 0001")


@pytest.mark.parametrize(("language", "word"), [("zh", "前台接待单"), ("en", "Reception Sheet")])
def test_the_sheet_speaks_the_papers_language(plan, customer, language, word):
    type(customer).objects.filter(pk=customer.pk).update(paper_language=language)
    plan.client.refresh_from_db()
    assert word in sheet(plan)


def test_it_is_a_paper_of_our_side_only(plan):
    assert "INTERNAL" in sheet(plan).upper()


@pytest.mark.rule("R8")
def test_the_clipping_holds_finding_sources_and_who_was_asked(plan, ae):
    media = make_user("media", role="department", name="简明达")
    check = services.check_press(
        meeting=plan, sources="Daily\nTrade weekly", finding="竞争对手降价。", asked=[media],
        by=ae, at=AT,
    )  # fmt: skip
    text = text_of(render("meetings/pdf/press.html", papers_prepare.press(check, AT)))
    for part in ("竞争对手降价。", "Trade weekly", "简明达", "Media review"):
        assert part in text, part


def test_a_paper_of_another_zone_says_so(plan, customer):
    type(customer).objects.filter(pk=customer.pk).update(timezone="Europe/Berlin")
    plan.client.refresh_from_db()
    assert "08:00" in sheet(plan)


def test_typed_markup_is_printed_as_typed(plan, customer):
    plan.title = "<b>Media</b> & more"
    assert "<b>Media</b> & more" in sheet(plan)
