"""The daily two minutes at the weekly report: one line after the other (R31)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import StatusLine, StatusReport
from tests.builders import from_kept, make_client, make_contact, make_user
from tests.meetings.pages import fields_of, send, text_of
from tests.meetings.status_rows import add_empty, add_line, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R31")]
report, ae, contact = from_kept("report", "ae", "contact")
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
OLD = NOW - timedelta(days=3)


def make_kept():
    """Three lines nobody has touched today, one that has ended, and empty sections."""
    ae = make_user("ae")
    customer = make_client("LM", team=[ae])
    contact = make_contact(customer)
    week = TODAY - timedelta(days=TODAY.weekday())
    report = make_status(customer, week=week, due_at=NOW + timedelta(days=2))
    for number, title in enumerate(("Poster", "Film", "Fair stand")):
        add_line(report, title, touched_at=OLD, source_key=f"free:{number}")
    add_line(report, "Ended work", ended_on=TODAY)
    add_empty(report, "research")
    return {"report": report, "ae": ae, "contact": contact}


@pytest.fixture
def browser(client, ae):
    client.force_login(ae)
    return client


@pytest.fixture
def address(report):
    return reverse("meetings:status_day", args=[report.pk])


def line(report, title):
    return report.lines.get(title=title)


def typed(report, title, **fields):
    return {f"line__{line(report, title).pk}__{name}": value for name, value in fields.items()}


def at(address, report, title):
    return f"{address}?line={line(report, title).pk}"


def touch(report, *titles):
    report.lines.filter(title__in=titles).update(touched_at=NOW)


def test_it_begins_with_the_first_line_that_waits(browser, address, report):
    touch(report, "Poster")
    data = fields_of(browser.get(address))
    assert data["line"] == str(line(report, "Film").pk)


def test_what_has_ended_or_is_empty_is_not_asked_for(browser, address):
    words = text_of(browser.get(address))
    assert "0 of 3 lines up to date today" in words
    assert "Ended work" not in words


def test_later_leads_to_the_next_and_round_again(browser, address, report):
    page = browser.get(at(address, report, "Fair stand")).content.decode()
    assert f'href="{at(address, report, "Poster")}"' in page


def test_the_last_one_has_no_later(browser, address, report):
    touch(report, "Poster", "Film")
    assert "Later" not in text_of(browser.get(address))


def test_when_all_is_said_it_says_so(browser, address, report):
    touch(report, "Poster", "Film", "Fair stand")
    assert "Every line is up to date today" in text_of(browser.get(address))


def test_who_and_when_are_kept_with_the_words(browser, address, report, contact):
    words = {"current": "Built up", "next_by": f"c{contact.pk}", "next_on": f"{TODAY}"}
    send(browser, at(address, report, "Fair stand"), do="save",
         **typed(report, "Fair stand", **words))  # fmt: skip
    row = line(report, "Fair stand")
    assert (row.current, row.next_contact, row.next_on) == ("Built up", contact, TODAY)


def test_the_end_of_the_work_takes_the_line_off(browser, address, report):
    words = typed(report, "Film", current="Sent to the station", is_over="on")
    send(browser, at(address, report, "Film"), do="save", **words)
    assert line(report, "Film").ended_on == TODAY
    assert "of 2 lines" in text_of(browser.get(address))


def test_a_bad_date_keeps_the_words(browser, address, report):
    words = typed(report, "Poster", current="At the printer", next_on="2026-02-31")
    answer = send(browser, address, do="save", **words)
    assert answer.status_code == 422
    assert "At the printer" in answer.content.decode()
    assert line(report, "Poster").current != "At the printer"


@pytest.mark.rule("C7")
def test_another_ones_words_stand_beside_mine(browser, address, report):
    data = fields_of(browser.get(address))
    pk = line(report, "Poster").pk
    StatusLine.objects.filter(pk=pk).update(current="Theirs", row_version=7)
    answer = browser.post(address, data | {f"line-{pk}-current": "Mine", "do": "save"})
    assert answer.status_code == 409
    assert "Theirs" in text_of(answer)
    again = fields_of(answer) | {"do": "save"}
    assert again[f"line-{pk}-current"].strip() == "Mine"
    assert browser.post(address, again).status_code == 302


def test_words_to_a_line_taken_out_are_shown(browser, address, report):
    data = fields_of(browser.get(address))
    row = line(report, "Poster")
    data |= {f"line-{row.pk}-current": "My words of today", "do": "save"}
    row.delete()
    answer = browser.post(address, data)
    assert answer.status_code == 422
    assert "My words of today" in text_of(answer)


@pytest.mark.parametrize("state", ["signed", "issued"])
def test_what_is_signed_is_not_updated_each_day(browser, address, report, ae, state):
    other = make_user("am", "am")
    week = report.week - timedelta(weeks=1)
    done = make_status(report.client, state, ae, other, week=week)
    answer = browser.get(reverse("meetings:status_day", args=[done.pk]))
    assert answer.url == done.get_absolute_url()
    assert StatusReport.objects.get(pk=done.pk).state == state
