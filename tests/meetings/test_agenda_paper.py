"""The agenda on paper: two faces from two data functions, three languages (domain.md 7)."""

import pytest

from agency.common.pdf import render, text_of
from meetings import papers_agenda, services
from meetings.models import Meeting
from meetings.services.agenda import FACES
from meetings.services.typed import ItemData, PointData
from tests.builders import from_kept, make_user, when
from tests.meetings import make
from tests.pdfs import fonts_of, squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
SECRET = "planted-7341"
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
AT = when("2026-11-18 09:00")


def make_kept():
    """Planted words in every field the client must not read; a report with one decision."""
    ae, am, art = make_user("ae"), make_user("am", "am"), make_user("art", "department")
    client, contact = make.make_account(ae, am, code="LM")
    opinion = PointData("opinion", f"{SECRET} opinion")
    points = [PointData("decision", "Poster A is taken."), opinion]
    data = make.typed(contact, points=points)
    make.issued(client, contact, ae, ended_at=when("2026-11-12 11:00"), data=data)
    items = [ItemData("Poster", 20, ae), ItemData("Prices", 30, contact, is_disputed=True)]
    plan = make.plan(
        client, ae, START, END, [ae, art, contact], objective="Take the poster", items=items,
        chair=ae,
    )  # fmt: skip
    meeting = services.invite(meeting=plan, row_version=None, by=ae, at=AT)
    meeting.attendees.filter(user=art).update(task=f"{SECRET} task")
    meeting.preparations.filter(kind="work").update(not_needed=f"{SECRET} reason")
    Meeting.objects.update(
        is_urgent=True, urgent_by=f"{SECRET} boss", agenda_late_reason=f"{SECRET} late",
        background=f"{SECRET} background",
    )  # fmt: skip
    return {"ae": ae, "client": client, "contact": contact, "meeting": meeting}


ae, contact, meeting = from_kept("ae", "contact", "meeting")


def printed(meeting, face):
    template, data = FACES[face]
    return text_of(render(template, data(meeting, AT, number="LM/AG/2026/001")))


def test_the_clients_face_never_holds_a_word_of_ours(meeting):
    text = printed(meeting, "client")
    assert SECRET not in text
    assert SECRET not in str(papers_agenda.agenda_client(meeting, AT))
    assert SECRET not in str(papers_agenda.shown(meeting, AT))


def test_the_internal_face_holds_tasks_pack_venue_and_reasons(meeting):
    text = squeezed(printed(meeting, "internal"))
    for words in ("task", "reason", "boss", "late"):
        assert squeezed(f"{SECRET} {words}") in text
    assert squeezed("每席一份议程，另备一份") in text


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_every_typed_word_is_on_the_paper(meeting, contact, lang, caplog):
    meeting.client.paper_language = lang
    paper = render(FACES["client"][0], papers_agenda.agenda_client(meeting, AT, number="N-1"))
    text = squeezed(text_of(paper))
    for words in ("Poster", "Prices", "Take the poster", "Poster A is taken.", contact.name):
        assert squeezed(words) in text
    assert fonts_of(paper) == {"Paper", "Paper-Bold"}
    assert caplog.records == []


@pytest.mark.rule("R2")
def test_each_item_says_when_it_begins(meeting):
    face = papers_agenda.agenda_client(meeting, AT)
    rows = [(item["begins"], item["title"], item["minutes"]) for item in face["items"]]
    assert rows == [("10:00", "Prices", 30), ("10:30", "Poster", 20)]
    assert face["minutes"] == 50


def test_times_are_the_clients_own(meeting):
    meeting.client.timezone = "Europe/Berlin"
    face = papers_agenda.agenda_client(meeting, AT)
    assert [item["begins"] for item in face["items"]] == ["03:00", "03:30"]


@pytest.mark.rule("R4")
def test_a_topic_that_waits_is_named_with_its_reason(meeting):
    meeting.items.filter(title="Prices").update(source="client", postponed_reason="Not known yet.")
    face = papers_agenda.agenda_client(meeting, AT)
    assert [item["title"] for item in face["items"]] == ["Poster"]
    assert face["waiting"] == [{"title": "Prices", "reason": "Not known yet."}]
    assert squeezed("Not known yet.") in squeezed(printed(meeting, "client"))


def test_decisions_are_those_of_the_last_report(meeting):
    last = papers_agenda.agenda_client(meeting, AT)["last"]
    assert last["number"].startswith("LM/CR/")
    assert last["decisions"] == ["Poster A is taken."]


def test_without_an_earlier_report_there_is_none(ae):
    client, person = make.make_account(ae)
    row = make.invited(client, ae, person, START, END)
    assert papers_agenda.agenda_client(row, AT)["last"] is None
