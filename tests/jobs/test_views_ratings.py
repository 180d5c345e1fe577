"""Pages of ratings and review notes (R75, R84)."""

import pytest

from agency.common.models import Notification
from jobs.models import CoopRating, ReviewNote
from tests.builders import make_client
from tests.jobs import desk, make
from tests.jobs.desk import address, refused
from tests.jobs.make import NOW, D
from tests.meetings.pages import send

pytestmark = pytest.mark.django_db
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
def closed(ae, am, ad):
    return make.make_job(make_client("LM", team=[ae, am, ad]), ae, state="closed")


@pytest.fixture
def artist(closed):
    make.make_order(closed)
    return desk.worker(closed)


@pytest.mark.rule("R75")
@pytest.mark.parametrize("stars", range(1, 6))
def test_department_rates_the_cooperation(sign_in, closed, artist, stars):
    answer = send(sign_in(artist), address("rating_create", closed), stars=stars, text="Clear")
    assert answer.url == closed.get_absolute_url()
    rating = CoopRating.objects.get()
    assert (rating.stars, rating.words, rating.by) == (stars, "Clear", artist)
    assert (rating.job, rating.department) == (closed, "creative")


@pytest.mark.rule("R75")
@pytest.mark.parametrize("stars", [None, "0", "6", "many"])
def test_stars_are_one_to_five(sign_in, closed, artist, stars):
    answer = send(sign_in(artist), address("rating_create", closed), stars=stars, text="Clear")
    assert list(answer.context["form"].errors) == ["stars"]
    assert answer.context["form"]["text"].value() == "Clear"
    assert not CoopRating.objects.exists()


@pytest.mark.rule("R75")
def test_nobody_rates_twice(sign_in, closed, artist):
    page, rating = sign_in(artist), address("rating_create", closed)
    assert send(page, rating, stars=4).status_code == 302
    refused(send(page, rating, stars=5), "You have rated this job already.")
    assert CoopRating.objects.count() == 1


@pytest.mark.rule("R75")
def test_open_job_is_not_rated(sign_in, ae, am):
    job = make.make_job(make_client(team=[ae, am]), ae, state="active")
    make.make_order(job)
    assert sign_in(desk.worker(job)).get(address("rating_create", job)).status_code == 404


@pytest.mark.rule("R84")
@pytest.mark.parametrize("kind", ["strategy", "creative"])
def test_director_writes_a_review_note(sign_in, closed, ae, ad, kind):
    answer = send(sign_in(ad), address("review_create", closed), kind=kind, text="A brave idea")
    assert answer.url == closed.get_absolute_url()
    note = ReviewNote.objects.get()
    assert (note.job, note.by, note.kind, note.text) == (closed, ad, kind, "A brave idea")
    assert Notification.objects.get(recipient=ae).kind == "review_note"


@pytest.mark.parametrize(
    ("field", "typed"), [("kind", "budget"), ("text", ""), ("text", "x" * 4001)]
)
def test_note_typed_wrong_is_refused_at_its_field(sign_in, closed, ad, field, typed):
    given = {"kind": "strategy", "text": "A brave idea", field: typed}
    answer = send(sign_in(ad), address("review_create", closed), **given)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not ReviewNote.objects.exists()


@pytest.mark.rule("R75", "R84")
@pytest.mark.parametrize(("who", "name"), [("ae", "rating_create"), ("am", "rating_create"),
                                           ("am", "review_create")])  # fmt: skip
def test_ratings_and_notes_are_their_own_people_s(sign_in, closed, ae, am, who, name):
    page = sign_in({"ae": ae, "am": am}[who])
    assert page.get(address(name, closed)).status_code == 403
