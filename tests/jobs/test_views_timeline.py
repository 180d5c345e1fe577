"""Pages of the timeline: drawn in two faces, published, ticked, seen; by link for the client."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ClientLink, LinkToken
from accounts.services.links import hash_of
from agency.common.pdf import text_of as pdf_text
from agency.feeds import calendar_of
from archives.models import ClientAnswer
from archives.storage import read_file
from jobs.models import Receipt, Timeline, TimelineTemplate
from jobs.reports.timeline import on_time
from jobs.services.milestones import tick_milestone
from jobs.services.publishing import publish_timeline
from jobs.services.timeline import draft_timeline
from tests.builders import assign, make_client, make_contact, make_user
from tests.jobs import make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
SECRETS = ("Lantern Print", "Hidden Helper", "Never tell this", "Inner step", "Our own fault")


@pytest.fixture
def job(ae, am, ad):
    return make.make_job(make_client("LM", team=[ae, am, ad]), ae, due_on=TODAY + 30 * DAY)


@pytest.fixture
def contact(job):
    return make_contact(job.client, language="en")


@pytest.fixture
def draft(job, contact):
    """A plan with everything that the client must not read."""
    helper = make_user(name="Hidden Helper")
    supplier = make.make_supplier("Lantern Print")
    rows = [
        {"name": "Inner step", "due_on": TODAY + DAY, "user": helper},
        {"name": "Sketch", "due_on": TODAY + 2 * DAY, "user": helper, "client_visible": True,
         "internal_note": "Never tell this", "slip_cause": "agency",
         "slip_note": "Our own fault", "first_due_on": TODAY},
        {"name": "Samples", "due_on": TODAY + 5 * DAY, "owner": "client", "contact": contact,
         "client_visible": True, "needs": "Twelve boxes"},
        {"name": "Printing", "due_on": TODAY + 8 * DAY, "owner": "supplier",
         "supplier": supplier, "client_visible": True},
    ]  # fmt: skip
    return make.make_timeline(job, state="draft", rows=rows)


@pytest.fixture
def current(draft, ae):
    return publish_timeline(timeline=draft, by=ae, at=NOW)


def page(client, timeline, **query):
    return client.get(f"/jobs/timelines/{timeline.pk}/", query).content.decode()


@pytest.mark.rule("R64")
def test_client_duties_stand_first_marked_and_in_words(sign_in, ae, current):
    html = page(sign_in(ae), current)
    assert html.index("▲ Client duties") < html.index("gantt")
    assert 'class="duty-client"' in html
    assert "▲ Client duty: Samples" in html
    assert "Twelve boxes" in html


@pytest.mark.rule("R63")
def test_the_clients_face_on_screen_holds_nothing_of_ours(sign_in, ae, current):
    inside = page(sign_in(ae), current)
    face = page(sign_in(ae), current, face="client").partition('id="receipts"')[0]
    assert all(secret in inside for secret in SECRETS)
    assert [secret for secret in SECRETS if secret in face] == []


@pytest.mark.rule("R63")
@pytest.mark.papers
def test_the_filed_client_paper_holds_nothing_of_ours(current):
    text = pdf_text(read_file(current.client_document.sha256))
    assert "Samples" in text
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Hidden Helper" in pdf_text(read_file(current.internal_document.sha256))


def test_the_drawing_has_a_bar_for_each_step_and_todays_line(sign_in, ae, current):
    html = page(sign_in(ae), current)
    assert html.count('class="g-plan"') == 2 + 1  # two of ours and the key
    assert html.count('class="g-mile"') == 1  # the goal
    assert 'class="g-now"' in html
    assert "style=" not in html


def test_publish_by_the_page(sign_in, ae, draft):
    answer = sign_in(ae).post(
        f"/jobs/timelines/{draft.pk}/publish/",
        {"row_version": draft.row_version, "job_due_on": draft.job.due_on},
    )
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.state == Timeline.State.CURRENT


@pytest.mark.rule("R64")
def test_the_page_refuses_a_duty_without_a_contact(sign_in, ae, draft):
    draft.milestones.filter(owner="client").update(contact=None)
    answer = sign_in(ae).post(
        f"/jobs/timelines/{draft.pk}/publish/",
        {"row_version": draft.row_version, "job_due_on": draft.job.due_on},
    )
    assert answer.status_code == 422
    assert "say which contact of the client does it" in answer.content.decode()


def test_tick_by_the_page(sign_in, ae, current):
    row = current.milestones.first()
    data = {"row_version": row.row_version, "done_on": TODAY}
    answer = sign_in(ae).post(f"/jobs/milestones/{row.pk}/", data)
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.done_on == TODAY


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"done_on": TODAY + DAY}, "still to come"),
        ({"done_on": "2026-02-31"}, ""),
        ({"forecast_on": TODAY + 20 * DAY}, "say what caused it"),
    ],
)
def test_bad_progress_is_refused(sign_in, ae, current, typed, words):
    row = current.milestones.first()
    answer = sign_in(ae).post(
        f"/jobs/milestones/{row.pk}/", {"row_version": row.row_version, **typed}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_department_ticks_its_own_rows_only(sign_in, job, ae):
    user = make_user(role="department", department="creative")
    assign(job.client, user)
    rows = [{"name": "Sketch", "owner": "creative"}, {"name": "Buy", "owner": "media"}]
    make.confirm(make.make_brief(job), "creative")
    own, other = make.make_timeline(job, rows=rows).milestones.order_by("position")
    browser = sign_in(user)
    assert browser.get(f"/jobs/milestones/{own.pk}/").status_code == 200
    assert browser.get(f"/jobs/milestones/{other.pk}/").status_code == 403


@pytest.mark.rule("R66")
def test_one_of_ours_says_seen(sign_in, am, current):
    browser = sign_in(am)
    assert "I have seen it" in page(browser, current)
    browser.post(f"/jobs/timelines/{current.pk}/seen/", {"row_version": current.row_version})
    assert Receipt.objects.get(timeline=current, user=am).seen_at is not None
    assert "I have seen it" not in page(browser, current)


# --- by link ------------------------------------------------------------------------------------


@pytest.fixture
def link(current, contact):
    return ClientLink.objects.get(purpose="timeline", contact=contact)


def open_page(client, link):
    """The page as the contact comes to it through the mailed address."""
    token = "x" * 43
    LinkToken.objects.create(link=link, token_hash=hash_of(token), minted_at=timezone.now())
    return client.get(f"/c/{token}/", follow=True)


@pytest.mark.rule("R63")
def test_the_contacts_page_own_duties_first_nothing_of_ours(client, link):
    html = open_page(client, link).content.decode()
    assert html.index("Twelve boxes") < html.index("gantt")
    assert [secret for secret in SECRETS if secret in html] == []


@pytest.mark.rule("R66")
def test_the_contact_says_seen_with_a_typed_name(client, link, current, contact):
    open_page(client, link)
    data = {"sha256": link.sha256, "typed_name": "Zhou Lan"}
    answer = client.post(f"/c/link/{link.pk}/", data)
    assert answer.status_code == 302
    assert Receipt.objects.get(timeline=current, contact=contact).seen_at is not None
    assert ClientAnswer.objects.get(link=link).typed_name == "Zhou Lan"


def test_opening_the_link_is_no_receipt(client, link, current, contact):
    open_page(client, link)
    assert Receipt.objects.get(timeline=current, contact=contact).seen_at is None


@pytest.mark.parametrize("name", ["", " ", "x"])
def test_without_a_name_nothing_is_kept(client, link, name):
    open_page(client, link)
    data = {"sha256": link.sha256, "typed_name": name}
    assert client.post(f"/c/link/{link.pk}/", data).status_code == 422
    assert not ClientAnswer.objects.exists()


def test_an_old_link_shows_no_plan(client, link, job, ae):
    newer = draft_timeline(job=job, by=ae, at=NOW)
    newer.reason = "The client asked for it"
    newer.save()
    publish_timeline(timeline=newer, by=ae, at=NOW)
    html = open_page(client, link).content.decode()
    assert "Twelve boxes" not in html
    assert "replaced" in html


# --- calendar, templates, figures ---------------------------------------------------------------


def test_open_steps_stand_in_ones_calendar_without_remarks(job, ae):
    rows = [
        {"name": "Sketch", "user": ae, "internal_note": "Never tell this"},
        {"name": "Gone", "user": ae, "done_on": TODAY},
    ]
    make.make_timeline(job, rows=rows)
    text = calendar_of(ae, NOW).to_ical().decode()
    assert "Sketch" in text
    assert "Gone" not in text
    assert "Never tell this" not in text


def test_five_templates_are_shipped_in_two_languages():
    rows = TimelineTemplate.objects.prefetch_related("rows")
    assert [row.name_en for row in rows] == ["Print ad", "TV film", "Leaflet", "Event", "Digital"]
    for template in rows:
        assert template.name
        assert all(row.name and row.name_en for row in template.rows.all())
        assert any(row.owner == "client" for row in template.rows.all())
        assert template.rows.last().days_before == 0


def template_form(**extra):
    return {
        "name": "Poster", "form_key": "7d9b6f5e-0f4b-4a43-9f0e-1c1f6a0e0a01",
        "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-name": "Proof",
        "rows-0-days_before": "3", "rows-0-days_long": "2", "rows-0-owner": "client", **extra,
    }  # fmt: skip


def test_the_manager_adds_a_template_once(sign_in, am):
    browser = sign_in(am)
    for _time in range(2):
        assert browser.post("/jobs/templates/new/", template_form()).status_code == 302
    row = TimelineTemplate.objects.get(name="Poster").rows.get()
    assert (row.days_before, row.days_long, row.client_visible) == (3, 2, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "活动"},
        {"rows-0-days_before": "-1"},
        {"rows-0-name": ""},
        {"rows-0-days_long": "0"},
    ],
)
def test_bad_templates_are_refused(sign_in, am, wrong):
    answer = sign_in(am).post("/jobs/templates/new/", template_form(**wrong))
    assert answer.status_code == 422
    assert TimelineTemplate.objects.count() == 5


def test_templates_are_changed_by_the_managers(sign_in, ae, am):
    address = f"/jobs/templates/{TimelineTemplate.objects.first().pk}/"
    assert sign_in(ae).get(address).status_code == 403
    assert sign_in(am).get(address).status_code == 200


@pytest.mark.rule("R67")
def test_punctuality_with_and_without_the_clients_slips(job, ae):
    on = {"due_on": TODAY, "first_due_on": TODAY}
    rows = [
        {**on, "name": "In time", "done_on": TODAY},
        {**on, "name": "Late", "done_on": TODAY + DAY, "slip_cause": "agency"},
        {**on, "name": "Open"},
        {**on, "name": "Client", "done_on": TODAY + DAY, "slip_cause": "client"},
        {"name": "Moved on", "due_on": TODAY + 9 * DAY, "first_due_on": TODAY + 5 * DAY},
    ]
    make.make_timeline(job, rows=rows)
    found = on_time(ae, TODAY, TODAY + DAY)
    assert (found.count, found.in_time, found.by_client) == (4, 1, 1)
    assert f"{found.rate} {found.rate_own}" == "25.0 33.3"
    assert on_time(ae, TODAY - 9 * DAY, TODAY).rate is None


@pytest.mark.rule("R67")
def test_a_new_day_does_not_mend_a_delay(job, ae):
    row = {"name": "Proof", "due_on": TODAY + DAY, "first_due_on": TODAY, "slip_cause": "agency"}
    step = make.make_timeline(job, rows=[row]).milestones.get()
    tick_milestone(milestone=step, by=ae, at=NOW + 2 * DAY, done_on=TODAY + DAY)
    assert on_time(ae, TODAY, TODAY + DAY).rate == 0
