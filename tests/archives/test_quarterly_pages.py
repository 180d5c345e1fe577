"""Pages of observations and of the quarterly report, up to the client's link (R48, R49)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import ClientLink
from agency.home import duties_of
from archives.models import Document, Observation, QuarterlyReport
from archives.services.quarterly_issue import reissue_quarterly
from tests.archives import quarters
from tests.archives.papers import upload
from tests.archives.quarters import FACTS, IN_TIME, LATE, TEXTS, WHY, see
from tests.builders import from_kept
from tests.jobs.test_views_links import enter
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R48")]
customer, brand, rival, ae, am = from_kept("customer", "brand", "rival", "ae", "am")
SEEN = {"on": "2026-08-20", "kind": "launch", "text": "Cup noodles at 3.90", "source": "Shelf"}


def make_kept():
    world = quarters.make_world()
    see(world["rival"], world["ae"])
    return {"customer": world.pop("client"), **world}


def shown(page, name, row):
    """The fields of the form as a browser would send them."""
    answer = page.get(reverse(f"archives:{name}", args=[row.pk]))
    form = answer.context["form"]
    return {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}


# --- observations -------------------------------------------------------------------------------


def test_a_picture_is_filed_with_the_observation_in_one_act(customer, rival, ae, sign_in):
    page, url = sign_in(ae), reverse("archives:observation_create")
    form = page.get(url).context["form"]
    typed = {**SEEN, "about": f"c{rival.pk}", "form_key": form["form_key"].value()}
    for _twice in range(2):
        answer = page.post(url, {**typed, "file": upload(name="cup.pdf")})
    seen = Observation.objects.get(text=SEEN["text"])
    assert answer.url == seen.get_absolute_url()
    paper = seen.document
    assert (paper.kind, paper.face, paper.title) == ("competitor_file", "client", SEEN["text"])
    assert SEEN["text"] in text_of(page.get(answer.url))


def test_a_refused_observation_files_nothing(customer, rival, ae, sign_in):
    page, url = sign_in(ae), reverse("archives:observation_create")
    papers = Document.objects.count()
    typed = {**SEEN, "about": f"c{rival.pk}", "on": "2031-01-01", "file": upload()}
    key = page.get(url).context["form"]["form_key"].value()
    answer = page.post(url, {**typed, "form_key": key})
    assert (answer.status_code, Document.objects.count()) == (422, papers)
    assert "ahead of its day" in text_of(answer)


def test_the_list_is_narrowed_and_what_was_noted_is_changed(customer, brand, rival, ae, sign_in):
    page, seen = sign_in(ae), Observation.objects.get()
    url = reverse("archives:observation_list")
    assert seen.text in text_of(page.get(f"{url}?competitor={rival.pk}&evidence=yes"))
    assert seen.text not in text_of(page.get(f"{url}?evidence=no&since=2026-01-01"))
    typed = {**shown(page, "observation_update", seen), "about": f"b{brand.pk}", "spend": "12.5"}
    page.post(reverse("archives:observation_update", args=[seen.pk]), typed)
    seen.refresh_from_db()
    assert (seen.competitor, f"{seen.spend}", seen.document_id is None) == (None, "12.50", False)
    page.post(reverse("archives:observation_remove", args=[seen.pk]), {"row_version": 1})
    assert not Observation.objects.exists()


# --- the report ---------------------------------------------------------------------------------


def test_it_is_written_on_one_page(customer, rival, ae, sign_in):
    report, page = quarters.draft(customer), sign_in(ae)
    row, url = report.rows.get(), reverse("archives:quarterly_update", args=[report.pk])
    assert "empty" in text_of(page.get(report.get_absolute_url()))
    facts = {f"row-{row.pk}-{name}": f"{value}" for name, value in FACTS.items()}
    answer = page.post(url, {**shown(page, "quarterly_update", report), **TEXTS, **facts})
    row.refresh_from_db()
    assert (answer.status_code, row.campaign, row.spend) == (302, FACTS["campaign"], FACTS["spend"])
    assert row.observations.count() == 1
    assert "empty" not in text_of(page.get(report.get_absolute_url()))


def test_an_older_page_is_told_and_nothing_is_lost(customer, ae, sign_in):
    report, page = quarters.draft(customer), sign_in(ae)
    typed = {**shown(page, "quarterly_update", report), "market": "Two at once"}
    quarters.written(customer, ae)
    answer = page.post(reverse("archives:quarterly_update", args=[report.pk]), typed)
    assert answer.status_code == 409
    assert "Two at once" in text_of(answer)


def test_submitted_signed_and_sent_page_by_page(customer, ae, am, sign_in):
    report = quarters.written(customer, ae)
    for person, verb, more in (
        (ae, "submit", {}), (am, "sign", {"late_reason": WHY}), (ae, "issue", {}),
    ):  # fmt: skip
        report.refresh_from_db()
        url = reverse(f"archives:quarterly_{verb}", args=[report.pk])
        page = sign_in(person)
        page.get(url)
        page.post(url, {"row_version": report.row_version, **more})
    report.refresh_from_db()
    assert (report.state, report.signed_by, report.issued_by) == ("issued", am, ae)
    assert "LM/QR/2026/001" in text_of(sign_in(am).get(reverse("archives:quarterly_list")))


def test_what_the_manager_changes_stands_beside_the_old(customer, ae, am, sign_in):
    report, page = quarters.submitted(customer, ae), sign_in(am)
    typed = {**shown(page, "quarterly_update", report), "meaning": "The price war has begun"}
    page.post(reverse("archives:quarterly_update", args=[report.pk]), typed)
    text = text_of(page.get(report.get_absolute_url()))
    assert TEXTS["meaning"] in text
    assert "The price war has begun" in text


def test_a_quarter_the_clock_missed_is_drafted_by_hand(customer, ae, sign_in, monkeypatch):
    monkeypatch.setattr("agency.common.views.timezone.now", lambda: IN_TIME)
    page, url = sign_in(ae), reverse("archives:quarterly_create", args=[customer.pk])
    answer = page.post(url, {"quarter": "2026-2"})
    report = QuarterlyReport.objects.get()
    assert (answer.url, report.quarter, report.created_by) == (report.get_absolute_url(), 2, ae)
    assert page.post(url, {"quarter": "2026-2"}).status_code == 422


def test_home_leads_each_to_what_waits(customer, ae, am):
    def group(user):
        return [f"{one.group}" for one in duties_of(user, IN_TIME) if "uarterly" in one.sentence]

    report = quarters.draft(customer)
    assert (group(ae), group(am)) == (["Write"], [])
    quarters.submitted(customer, ae)
    assert (group(ae), group(am)) == ([], ["Sign"])
    QuarterlyReport.objects.filter(pk=report.pk).update(state="signed", signed_by=am,
                                                        signed_at=IN_TIME)  # fmt: skip
    assert (group(ae), group(am)) == (["Send"], [])


# --- the client's own page ----------------------------------------------------------------------


def test_the_contact_reads_it_behind_his_link(customer, rival, ae, am):
    report = quarters.issued(customer, ae, am)
    link = ClientLink.objects.get(purpose="view")
    ClientLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    customer.contacts.update(language="en")
    browser = enter(link)
    words = text_of(browser.get(browser.path))
    assert report.number in words
    for wanted in (rival.name, TEXTS["proposal"], "1,200,000.00", "New film on air"):
        assert wanted in words
    assert browser.get(f"{browser.path}pdf/")["Content-Type"] == "application/pdf"
    reissue_quarterly(report=report, reason=WHY, by=am, at=LATE)
    QuarterlyReport.objects.filter(pk=report.pk).update(state="superseded")
    assert "has been replaced" in text_of(browser.get(browser.path))
