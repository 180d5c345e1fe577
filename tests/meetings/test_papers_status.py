"""The two faces of the weekly status report, read back from the PDF; no secret on the client's."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from agency.common.pdf import render, text_of
from meetings.models import ActionPoint
from meetings.papers_status import status_client, status_internal
from tests.budgets import make, years
from tests.builders import from_kept, make_client, make_contact, make_user, when
from tests.meetings import make as meetings
from tests.meetings.status_rows import DUE, LATE, add_empty, add_line, make_status
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers, pytest.mark.rule("R28")]
world = from_kept("world")[0]
NAMES = {"ae": "何祎", "am": "林珺", "ad": "周堃"}
# Planted where the client must never read them.
SECRETS = ("unveraendert-weil", "0.938", "kopier-vermerk", "spaet-weil", "was-vorher-stand",
           "Zeichner Innen", "revision-weil", "zurueck-weil")  # fmt: skip


def make_kept():
    """A report with a line of every sort, and what stands open beside it."""
    team = {role: make_user(role, role, name=name) for role, name in NAMES.items()}
    client = make_client("LM", team=team.values(), name="绿麦食品", paper_language="both")
    contact = make_contact(client, "何嘉宁", gets_status=True)
    money(client)
    promised = meetings.action("Send the logo", contact=contact, due_on=date(2026, 12, 3))
    meetings.issued(client, contact, team["ae"], data=meetings.typed(contact, actions=[promised]))
    report = full_report(client, contact, team)
    return {"world": SimpleNamespace(client=client, contact=contact, report=report, **team)}


def money(client):
    years.make_year(client)
    job = years.job_of(client, title="Gift box")
    years.unsigned(job, "140000.00", "sent")
    late = {"issued_on": date(2026, 9, 1), "due_on": date(2026, 10, 1), "number": "LM/PI/2026/099"}
    make.make_invoice(job, "1000.00", "issued", **late)


def full_report(client, contact, team):
    said = {"field": "current", "old": "was-vorher-stand", "new": "now", "by": "林珺"}
    report = make_status(
        client, "signed", team["ae"], team["am"], summary="A week of proofs.",
        copy_note="kopier-vermerk", late_reason="spaet-weil", revise_reason="revision-weil",
        return_reason="zurueck-weil", corrections=[said],
    )  # fmt: skip
    inner = make_user(role="department", name="Zeichner Innen")
    add_line(report, "Poster", next_user=inner)
    add_line(report, "Brand film", next_contact=contact)
    add_line(report, "Media week", "media", next_user=team["ae"], unchanged_reason=SECRETS[0],
             similarity="0.938", confirmed_by=team["ae"], unchanged_run=2)  # fmt: skip
    add_empty(report, "research", "finance")
    return report


def printed(report, face):
    data = {"client": status_client, "internal": status_internal}[face](report, DUE)
    return squeezed(text_of(render(f"meetings/pdf/status_{face}.html", data)))


@pytest.mark.rule("R29")
def test_the_client_face_holds_the_week_and_no_secret(world):
    text = printed(world.report, "client")
    for words in (
        *("工作状况报告", "Weekly Status Report", "2026-11-23", "2026-11-29", "A week of proofs."),
        *("Poster: second draft is out", "Brand film: third draft", "Nothing was asked of us"),
        *("Send the logo", "148,400.00", "LM/PI/2026/099", "1,060.00", "何祎", "林珺", "何嘉宁"),
    ):
        assert squeezed(words) in text
    assert [secret for secret in SECRETS if squeezed(secret) in text] == []


def test_the_internal_face_has_what_only_we_read(world):
    text = printed(world.report, "internal")
    assert [one for one in SECRETS[:-1] if squeezed(one) not in text] == []
    assert squeezed("内部文件 INTERNAL") in text


def test_the_two_functions_differ_by_what_is_inside(world):
    client, inner = status_client(world.report, DUE), status_internal(world.report, DUE)
    assert set(inner) - set(client) == {"unchanged", "corrections", "internal"}


def test_duties_of_the_client_stand_first_each_once(world):
    duties = status_client(world.report, DUE)["duties"]
    assert [(row["no"], row["next_step"]) for row in duties] == [
        (3, "Brand film: third draft"), ("", "Send the logo")
    ]  # fmt: skip
    text = printed(world.report, "client")
    assert text.index("▲请客户配合") < text.index(squeezed("Poster: second draft"))


def test_a_line_of_an_action_says_the_duty_in_its_stead(world):
    pk = ActionPoint.objects.get(text="Send the logo").pk
    line = world.report.lines.get(title="Brand film")
    line.source_key = f"action:{pk}"
    line.save()
    assert len(status_client(world.report, DUE)["duties"]) == 1


def test_all_four_sections_stand_in_order_an_empty_one_with_its_reason(world):
    sections = status_client(world.report, DUE)["sections"]
    assert [(row["label"], len(row["rows"]), row["empty"]) for row in sections] == [
        ("status_research", 0, "Nothing was asked of us"), ("status_media", 1, ""),
        ("status_finance", 0, "Nothing was asked of us"), ("status_creative", 2, ""),
    ]  # fmt: skip


def test_who_the_client_does_not_know_is_the_house(world):
    rows = {row["title"]: row for s in status_client(world.report, DUE)["sections"]
            for row in s["rows"]}  # fmt: skip
    assert rows["Media week"]["who"]["name"] == "何祎"
    assert rows["Brand film"]["org"] == "绿麦食品"
    assert rows["Poster"]["who"]["name"] != "Zeichner Innen"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_language_of_papers_is_printed(world, language):
    world.report.client.paper_language = language
    text = printed(world.report, "client")
    assert ("目前进展" in text, "WeeklyStatusReport" in text) == (language == "zh", True)


def test_both_names_stand_with_their_times(world):
    facts = status_client(world.report, LATE)
    assert [row["name"] for row in facts["authors"]] == ["何祎", "林珺"]
    signed = when("2026-11-26 15:00")
    assert [(row["as"], row["at"]) for row in facts["signers"]] == [("ae", signed), ("am", signed)]


def test_the_mail_says_which_week_and_where_to_read_it(world):
    facts = {"report": world.report, "contact": world.contact, "document": world.report,
             "link_url": "https://example.com/c/1/"}  # fmt: skip
    text = render_to_string("meetings/mail/status_issued.txt", facts)
    assert "Nov. 23, 2026" in text
    assert "https://example.com/c/1/" in text
