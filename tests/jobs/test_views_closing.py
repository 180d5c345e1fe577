"""Pages of the completion form, which closes a job, and of its ads (3.11, R44, R46)."""

from datetime import date

import pytest
from django.urls import reverse

from agency.common.models import Notification
from archives.models import Ad, Document
from jobs.models import CompletionForm
from jobs.services import completion
from tests.builders import make_client
from tests.jobs import desk, make
from tests.jobs.desk import address, refused
from tests.jobs.make import DUE, NOW, D
from tests.meetings.pages import send, text_of

pytestmark = pytest.mark.django_db
WHY = "The poster shows last year's price"
SIGNED = dict.fromkeys(("subtotal", "net", "total"), D("2000.00"))
PAPERS = ("job_request", "brief", "creative_brief", "start_order", "outgoing_check",
          "contact_report", "signature_proof")  # fmt: skip


@pytest.fixture
def page(sign_in, ae):
    return sign_in(ae)


@pytest.fixture
def job(ae, am, ad):
    """Delivered, every paper there; ads and invoice are still to be spoken of."""
    client = make_client("LM", team=[ae, am, ad])
    job = make.make_job(client, ae, state="delivered", delivered_at=NOW)
    make.pass_to(make.make_estimate(job, desk.LINES, cost=D("1500.00"), **SIGNED), "signed")
    for kind, face in [(kind, "client") for kind in PAPERS] + [("timeline", "internal")]:
        file(job, kind, face)
    file(job, "timeline", "client")
    return job


def file(job, kind, face):
    paper = make.make_document(job.client, kind=kind, face=face)
    paper.job_numbers.create(job_number=job.number)


@pytest.fixture
def draft(job, ae):
    return completion.draft_completion(job=job, by=ae, at=NOW)


@pytest.fixture
def full(draft, job, ae):
    """A draft that lacks nothing."""
    typed = {"no_ad_reason": "An inner poster", "unbilled_reason": "Billed with the next job"}
    return completion.save_completion(form=draft, typed=typed, by=ae, at=NOW)


@pytest.fixture
def submitted(full, ae):
    return completion.submit_completion(form=full, by=ae, at=NOW)


def state_of(form):
    form.refresh_from_db()
    return form.state


# --- beginning and filling in -------------------------------------------------------------------


def test_form_is_begun_once_and_then_opened(page, job, ae):
    for _time in range(2):
        assert send(page, address("completion_create", job)).status_code == 302
    form = CompletionForm.objects.get()
    assert (form.job, form.author, form.state) == (job, ae, "draft")
    assert form.delivered_on == NOW.date()


def test_the_way_back_names_the_job_once(page, job, draft):
    names = [name for name, _url in page.get(address("completion_detail", job)).context["crumbs"]]
    assert names.count(job.number) == 1


@pytest.mark.parametrize("state", ["approved", "active", "closed"])
def test_only_a_delivered_job_has_the_page(page, ae, am, state):
    job = make.make_job(make_client(team=[ae, am]), ae, state=state)
    assert page.get(address("completion_create", job)).status_code == 404
    assert page.post(address("completion_create", job), {}).status_code == 404


@pytest.mark.rule("R40", "R44")
def test_page_of_a_draft_says_what_is_missing(page, job, draft):
    Document.objects.filter(kind="contact_report").update(state="void", void_reason=WHY)
    shown = page.get(address("completion_detail", job))
    assert {gap.words for gap in shown.context["gaps"]} == {
        "Record the ads that were made, or say why there is none.",
        "There is no invoice: please say why.",
        "Missing paper: Contact report.",
    }
    assert "Still missing" in text_of(shown)


@pytest.mark.parametrize(("who", "waives"), [("ae", False), ("am", True)])
def test_each_paper_that_is_missing_is_filled_from_the_page(
    sign_in, job, draft, ae, am, who, waives
):
    Document.objects.filter(kind__in=["contact_report", "creative_brief"]).update(
        state="void", void_reason=WHY
    )
    job.costs.create(kind="order", on=DUE, amount=D("600.00"))
    reader = {"ae": ae, "am": am}[who]
    shown = sign_in(reader).get(address("completion_detail", job)).content.decode()
    for name in ("jobs:brief_create", "jobs:cost_create", "budgets:invoice_create"):
        assert f'href="{reverse(name, args=[job.pk])}' in shown
    report = f"{reverse('meetings:call_create')}?client={job.client_id}&amp;job={job.pk}"
    assert f'href="{report}"' in shown
    assert (f'{address("paper_waive", job)}?kind=contact_report"' in shown) is waives
    assert f'{address("paper_waive", job)}?kind=brief"' not in shown


def test_page_of_a_full_draft_offers_to_hand_it_in(page, job, full):
    shown = page.get(address("completion_detail", job))
    assert (shown.context["gaps"], shown.context["may_edit"]) == ([], True)
    assert address("completion_submit", job) in shown.content.decode()


def test_page_shows_what_was_delivered_and_the_ads(page, job, draft, ae):
    make.make_deliverable(job, "Poster A1", quantity=3, spec="Matt paper")
    completion.record_ad(
        job=job, medium="print", title="Autumn in print", first_run=DUE, by=ae, at=NOW
    )
    words = text_of(page.get(address("completion_detail", job)))
    assert [word for word in ("Poster A1", "× 3", "Matt paper", "Autumn in print")
            if word not in words] == []  # fmt: skip


@pytest.mark.parametrize(
    ("who", "money", "cost"),
    [("ae", True, True), ("am", True, True), ("artist", False, False)],
)
def test_money_is_for_those_who_may_see_it(sign_in, job, full, ae, am, who, money, cost):
    artist = desk.worker(job)
    make.make_order(job)
    user = {"ae": ae, "am": am, "artist": artist}[who]
    shown = sign_in(user).get(address("completion_detail", job))
    assert (shown.context["sees_money"], shown.context["sees_cost"]) == (money, cost)
    assert ("2,000.00" in text_of(shown)) is money
    assert ("Supplier bills" in text_of(shown)) is cost


def test_words_typed_are_kept(page, job, draft):
    typed = {
        "delivered_on": "2026-12-01",
        "no_ad_reason": "An inner poster",
        "deviation": "Two more proofs",
        "unbilled_reason": "Next job",
        "lessons": "Ask early",
    }
    assert send(page, address("completion_update", job), **typed).status_code == 302
    draft.refresh_from_db()
    assert draft.delivered_on == date(2026, 12, 1)
    assert {name: f"{getattr(draft, name)}" for name in typed} == typed
    again = page.get(address("completion_update", job)).context["form"]
    assert again.initial["lessons"] == "Ask early"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("delivered_on", ""), ("delivered_on", "soon"), ("lessons", "bell \x07"), ("row_version", "")],
)
def test_what_is_typed_wrong_is_refused_at_its_field(page, job, draft, field, typed):
    answer = send(page, address("completion_update", job), **{"deviation": WHY, field: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["deviation"].value() == WHY
    draft.refresh_from_db()
    assert (draft.deviation, draft.lessons) == ("", "")


# --- ads ----------------------------------------------------------------------------------------


def record(page, job, **fields):
    typed = {"medium": "tv", "title": "Autumn film", "first_run": "2026-12-01", "length_s": "15"}
    return send(page, address("completion_ad", job), **{**typed, **fields})


@pytest.mark.rule("R44")
def test_ad_recorded_stands_in_the_clients_record(page, job, draft):
    assert record(page, job, last_run="2026-12-24").url == draft.get_absolute_url()
    ad = Ad.objects.get()
    assert (ad.client, ad.job_number, ad.medium, ad.year) == (job.client, job.number, "tv", 2026)
    assert (ad.first_run, ad.last_run) == (date(2026, 12, 1), date(2026, 12, 24))
    assert (ad.title, ad.length_s) == ("Autumn film", 15)


@pytest.mark.rule("R44")
def test_form_of_an_ad_begins_with_the_job(page, job, draft):
    form = page.get(address("completion_ad", job)).context["form"]
    assert form.initial["title"] == job.title
    assert form.initial["first_run"] == draft.delivered_on


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("title", "", "This field is required."),
        ("medium", "skywriting", "Select a valid choice."),
        ("first_run", "", "This field is required."),
        ("last_run", "2026-11-30", "The last run lies before the first."),
        ("length_s", "0", "Ensure this value is greater than or equal to 1."),
        ("length_s", "36001", "Ensure this value is less than or equal to 36000."),
    ],
)
def test_ad_typed_wrong_is_refused_at_its_field(page, job, draft, field, typed, words):
    answer = record(page, job, **{field: typed})
    assert list(answer.context["form"].errors) == [field]
    refused(answer, words)
    assert not Ad.objects.exists()


def test_same_ad_sent_twice_is_one(page, job, draft):
    key = "0b1ce4f8-3f29-4f6e-9c6e-5a7ef4d0d4a3"
    assert [record(page, job, form_key=key).status_code for _time in range(2)] == [302, 302]
    assert Ad.objects.count() == 1


# --- handing in, returning, approving -----------------------------------------------------------


def test_full_form_is_handed_in_and_the_manager_told(page, job, full, am):
    assert send(page, address("completion_submit", job)).url == full.get_absolute_url()
    assert state_of(full) == "submitted"
    assert Notification.objects.filter(recipient=am, kind="step_waiting").count() == 1
    assert full.signed_total == D("2000.00")


@pytest.mark.rule("R40", "R44")
def test_form_with_gaps_is_refused_with_every_one(page, job, draft):
    refused(
        send(page, address("completion_submit", job)),
        "Record the ads that were made, or say why there is none.",
        "There is no invoice: please say why.",
    )
    assert state_of(draft) == "draft"


@pytest.mark.rule("R46")
def test_approval_closes_the_job(sign_in, job, submitted, am):
    answer = send(sign_in(am), address("completion_approve", job))
    assert answer.url == submitted.get_absolute_url()
    job.refresh_from_db()
    assert (state_of(submitted), job.state, submitted.approved_by) == ("approved", "closed", am)
    faces = Document.objects.filter(kind="completion_form").values_list("face", flat=True)
    assert sorted(faces) == ["client", "internal"]
    shown = text_of(sign_in(am).get(answer.url))
    assert submitted.document.number in shown
    assert "The job is closed." in shown


def test_return_wants_a_reason_and_the_author_reads_it(sign_in, job, submitted, ae, am):
    refused(send(sign_in(am), address("completion_return", job), reason="no"))
    assert state_of(submitted) == "submitted"
    assert send(sign_in(am), address("completion_return", job), reason=WHY).status_code == 302
    assert (state_of(submitted), submitted.returned_reason) == ("draft", WHY)
    assert WHY in Notification.objects.get(recipient=ae, kind="refused").label
    assert "last year" in text_of(sign_in(ae).get(address("completion_detail", job)))


def test_author_neither_approves_nor_is_offered_it(sign_in, job, full, am):
    form = completion.submit_completion(form=full, by=am, at=NOW)
    page = sign_in(am)
    assert page.get(address("completion_detail", job)).context["may_approve"] is False
    answer = send(page, address("completion_approve", job))
    refused(answer, "The author does not approve his own form.")
    assert state_of(form) == "submitted"


def test_manager_is_offered_what_another_wrote(sign_in, job, submitted, ae, am):
    offered = {
        user: sign_in(user).get(address("completion_detail", job)).context["may_approve"]
        for user in (ae, am)
    }
    assert offered == {ae: False, am: True}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("completion_update", {"lessons": "Ask early"}),
        ("completion_submit", {}),
        ("completion_approve", {}),
        ("completion_return", {"reason": WHY}),
    ],
)
def test_stale_page_does_nothing_and_keeps_the_words(sign_in, job, full, ae, am, name, typed):
    is_managers = name in ("completion_approve", "completion_return")
    if is_managers:
        full = completion.submit_completion(form=full, by=ae, at=NOW)
    answer = send(sign_in(am if is_managers else ae), address(name, job), **typed, **desk.STALE)
    desk.is_stale(answer, full, "submitted" if is_managers else "draft")
    assert [words for words in typed.values() if words not in text_of(answer)] == []


@pytest.mark.parametrize("name", ["completion_update", "completion_ad", "completion_submit"])
def test_form_handed_in_is_changed_no_more(page, job, submitted, name):
    assert page.get(address(name, job)).status_code == 404
    assert page.get(address("completion_detail", job)).context["may_edit"] is False


@pytest.mark.parametrize("name", ["completion_approve", "completion_return"])
def test_draft_is_not_judged(sign_in, job, draft, am, name):
    assert sign_in(am).get(address(name, job)).status_code == 404


# --- who may come in ----------------------------------------------------------------------------

DRAFT_PAGES = ("completion_create", "completion_detail", "completion_update", "completion_ad",
               "completion_submit")  # fmt: skip


@pytest.mark.parametrize("name", DRAFT_PAGES)
def test_pages_of_another_client_are_not_there(sign_in, job, draft, other_ae, name):
    make_client(team=[other_ae])
    page = sign_in(other_ae)
    assert page.get(address(name, job)).status_code == 404
    assert page.post(address(name, job), {}).status_code == 404


@pytest.mark.parametrize("name", ["completion_approve", "completion_return", "review_create"])
def test_account_executive_judges_nothing(page, job, submitted, name):
    assert page.get(address(name, job)).status_code == 403
    assert page.post(address(name, job), {"row_version": 1}).status_code == 403
    assert state_of(submitted) == "submitted"


@pytest.mark.parametrize("name", ["completion_create", "completion_update", "completion_submit"])
def test_department_does_not_close_a_job(sign_in, job, draft, name):
    make.make_order(job)
    assert sign_in(desk.worker(job)).get(address(name, job)).status_code == 403
