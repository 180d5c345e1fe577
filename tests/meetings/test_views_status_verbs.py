"""What is done with a weekly report from its pages: draft, sign, return, send, reissue (3.4)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import StatusReport
from meetings.services.status_digest import digest
from meetings.services.status_sign import send_now
from tests.builders import from_kept, make_client, make_contact, make_user
from tests.meetings.pages import send, text_of
from tests.meetings.status_rows import add_empty, add_line, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R29")]
report, customer, ae, am, finance = from_kept("report", "customer", "ae", "am", "finance")
NOW = timezone.now()
MONDAY = timezone.localdate(NOW) - timedelta(days=timezone.localdate(NOW).weekday())
WHY = "The film is missing its date"


def make_kept():
    """This week's draft with everything said, due in two days, and who may see it."""
    ae, am = make_user("ae"), make_user("am", "am")
    customer = make_client("LM", team=[ae, am])
    make_contact(customer, "何嘉宁", gets_status=True)
    report = make_status(customer, week=MONDAY, due_at=NOW + timedelta(days=2))
    send_an_older_one(customer, ae, am)
    ahead = timezone.localdate(NOW) + timedelta(days=9)
    add_line(report, "Poster", touched_at=NOW, next_on=ahead)
    add_empty(report, "research", "media", "finance")
    finance = make_user("finance", "finance")
    return {"report": report, "customer": customer, "ae": ae, "am": am, "finance": finance}


def send_an_older_one(customer, ae, am):
    """Filed before the tests begin, so that the store is the site's for all of them."""
    older = make_status(customer, "signed", ae, am, week=MONDAY - timedelta(weeks=3))
    older.signed_digest = digest(older)
    older.save()
    send_now(report=older, by=am, at=NOW)


def page(report, name):
    return reverse(f"meetings:status_{name}", args=[report.pk])


def put(report, state, by, signer=None, **fields):
    """The report in that state, signed by whoever has to."""
    fields |= {"state": state, "author": by, "submitted_at": NOW}
    if signer:
        fields |= {"signed_by": signer, "signed_at": NOW, "signed_digest": digest(report)}
    StatusReport.objects.filter(pk=report.pk).update(**fields)
    return again(report)


def again(report):
    return StatusReport.objects.get(pk=report.pk)


def acts(browser, report):
    """Names of the addresses that the report's page offers."""
    answer = browser.get(report.get_absolute_url()).content.decode()
    names = ("update", "submit", "sign", "return", "send", "reissue")
    return {name for name in names if f'href="{page(report, name)}"' in answer}


@pytest.fixture
def browser(client, ae):
    client.force_login(ae)
    return client


@pytest.fixture
def manager(client, am):
    client.force_login(am)
    return client


# --- by hand ------------------------------------------------------------------------------------


@pytest.mark.rule("R28")
def test_weeks_without_a_report_can_be_drafted_by_hand(browser, customer):
    address = reverse("meetings:status_create", args=[customer.pk])
    offered = browser.get(address).content.decode()
    assert f"{MONDAY - timedelta(weeks=1):%Y-%m-%d}" in offered
    assert f"{MONDAY:%Y-%m-%d}" not in offered


def test_the_draft_by_hand_opens(browser, customer):
    week = MONDAY - timedelta(weeks=1)
    answer = send(browser, reverse("meetings:status_create", args=[customer.pk]), week=f"{week}")
    report = customer.status_reports.get(week=week)
    assert (answer.url, report.state) == (report.get_absolute_url(), "draft")


# --- who is offered what ------------------------------------------------------------------------


def test_the_ae_writes_and_submits(browser, report):
    assert acts(browser, report) == {"update", "submit"}


def test_what_is_missing_takes_the_button_away(browser, report):
    report.lines.filter(section="media").delete()
    assert acts(browser, report) == {"update"}
    assert "Media says nothing" in text_of(browser.get(report.get_absolute_url()))


def test_the_am_corrects_signs_or_returns(manager, report, ae):
    assert acts(manager, put(report, "submitted", ae)) == {"update", "sign", "return"}


def test_her_own_the_am_does_not_sign(manager, report, am):
    assert acts(manager, put(report, "submitted", am)) == {"update", "return"}


def test_signed_it_is_sent_or_returned(manager, report, ae, am):
    assert acts(manager, put(report, "signed", ae, am)) == {"update", "return", "send"}


def test_the_ae_only_changes_what_is_signed(browser, report, ae, am):
    assert acts(browser, put(report, "signed", ae, am)) == {"update"}


def test_finance_reads(client, report, finance):
    client.force_login(finance)
    assert acts(client, report) == set()


def test_a_department_finds_none(client, report, customer):
    client.force_login(make_user(role="department"))
    assert client.get(report.get_absolute_url()).status_code == 404
    assert str(report) not in text_of(client.get(reverse("meetings:status_list")))


# --- signing ------------------------------------------------------------------------------------


def test_submitted_it_bears_the_name(browser, report, ae):
    assert send(browser, page(report, "submit")).status_code == 302
    assert (again(report).state, again(report).author) == ("submitted", ae)


@pytest.mark.rule("R32")
def test_a_copied_line_is_not_submitted(browser, report):
    report.lines.filter(title="Poster").update(similarity="1.000")
    answer = send(browser, page(report, "submit"))
    assert answer.status_code == 422
    assert "As last week: reword it" in text_of(answer)


def test_signing_says_when_it_goes_and_to_whom(manager, report, ae):
    words = text_of(manager.get(page(put(report, "submitted", ae), "sign")))
    assert "by itself" in words
    assert "Goes to : 何嘉宁" in words or "Goes to: 何嘉宁" in words
    assert "Poster: second draft is out" in words


def test_signed_in_time_it_waits(manager, report, ae, am):
    send(manager, page(put(report, "submitted", ae), "sign"))
    assert (again(report).state, again(report).signed_by) == ("signed", am)


@pytest.mark.rule("R30")
def test_signed_late_it_wants_a_reason_and_goes_at_once(manager, report, ae, settings):
    settings.FAULT = "pdf_blank"
    late = put(report, "submitted", ae, due_at=NOW - timedelta(hours=1))
    assert "goes to the client at once" in text_of(manager.get(page(late, "sign")))
    assert send(manager, page(late, "sign")).status_code == 422
    send(manager, page(late, "sign"), late_reason="The proofs came on Friday night")
    assert (again(report).state, again(report).late_reason) == (
        "issued", "The proofs came on Friday night"
    )  # fmt: skip


def test_a_foreign_version_signs_nothing(manager, report, ae):
    put(report, "submitted", ae)
    assert send(manager, page(report, "sign"), row_version="99").status_code == 409
    assert again(report).state == "submitted"


def test_it_is_returned_with_a_reason_only(manager, report, ae):
    put(report, "submitted", ae)
    assert send(manager, page(report, "return")).status_code == 422
    send(manager, page(report, "return"), reason=WHY)
    assert (again(report).state, again(report).return_reason) == ("draft", WHY)


@pytest.mark.parametrize("name", ["sign", "return", "send", "reissue"])
def test_what_is_no_longer_possible_is_not_there(manager, report, name):
    assert manager.get(page(report, name)).status_code == 404


@pytest.mark.parametrize("name", ["sign", "return"])
def test_the_ae_has_no_second_signature(browser, report, ae, name):
    assert browser.get(page(put(report, "submitted", ae), name)).status_code == 403


# --- sent ---------------------------------------------------------------------------------------


@pytest.fixture
def sent(manager, report, ae, am, settings):
    settings.FAULT = "pdf_blank"
    send(manager, page(put(report, "signed", ae, am), "send"))
    return again(report)


@pytest.mark.rule("R30")
def test_sent_before_its_time_it_is_filed(sent, am):
    assert (sent.state, sent.issued_by) == ("issued", am)
    assert sent.document.kind == "status_report"


def test_the_paper_is_the_filed_one(manager, sent):
    for face in ("client", "internal"):
        answer = manager.get(f"{page(sent, 'pdf')}?face={face}")
        assert answer["Content-Type"] == "application/pdf"


def test_sent_it_is_offered_to_be_corrected(manager, sent):
    assert acts(manager, sent) == {"reissue"}


def test_a_revision_is_drafted_and_names_its_reason(manager, sent):
    answer = send(manager, page(sent, "reissue"), reason=WHY)
    revision = StatusReport.objects.get(week=sent.week, revision=2)
    assert answer.url == revision.get_absolute_url()
    words = text_of(manager.get(answer.url))
    assert WHY in words
    assert str(sent) in words


def test_a_second_revision_is_not_offered(manager, sent):
    send(manager, page(sent, "reissue"), reason=WHY)
    assert acts(manager, sent) == set()
