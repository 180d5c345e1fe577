"""Pages of the last check: asked for, judged, sent, listed (R71–R73)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agency.common.models import Notification
from archives.models import Document
from jobs.items import items_of
from jobs.models import OutgoingCheck
from tests.archives.papers import upload
from tests.builders import make_client
from tests.jobs import desk, make
from tests.jobs.desk import address, refused
from tests.jobs.make import D
from tests.meetings.pages import send, text_of

pytestmark = pytest.mark.django_db
POSTER = b"%PDF-1.7 poster"
DAY = timedelta(days=1)
NOW = timezone.now()
TODAY = timezone.localdate()


@pytest.fixture
def job(ae, am):
    return make.make_job(make_client("LM", team=[ae, am]), ae, state="active")


@pytest.fixture
def paper(job):
    paper = make.make_document(job.client, kind="ad_file", content=POSTER, name="poster.pdf")
    paper.job_numbers.create(job_number=job.number)
    return paper


@pytest.fixture
def check(job, ae, paper):
    return make.make_check(job, author=ae, document=paper, sha256=paper.sha256)


@pytest.fixture
def page(sign_in, ae):
    return sign_in(ae)


def ask(page, job, **fields):
    return send(page, address("check_create", job), **{"kind": "creative", **fields})


# --- asking -------------------------------------------------------------------------------------


@pytest.mark.rule("R71")
@pytest.mark.parametrize(("kind", "filed"), [("creative", "ad_file"), ("tape", "tape_sheet")])
def test_uploaded_file_is_filed_and_bound_to_its_check(page, job, ae, am, kind, filed):
    answer = ask(page, job, kind=kind, file=upload(POSTER, "poster.pdf"), title="Poster, final")
    check, paper = OutgoingCheck.objects.get(), Document.objects.get(kind=filed)
    assert answer.url == check.get_absolute_url()
    assert (check.document, check.sha256) == (paper, paper.sha256)
    assert (check.kind, check.author, check.title) == (kind, ae, "Poster, final")
    assert (paper.dated_on, paper.title) == (TODAY, "Poster, final")
    assert [row.job_number for row in paper.job_numbers.all()] == [job.number]
    assert Notification.objects.get(recipient=am).kind == "step_waiting"


@pytest.mark.rule("R71")
def test_filed_paper_is_checked_as_it_lies(page, job, paper):
    ask(page, job, document=f"{paper.pk}")
    assert OutgoingCheck.objects.get().document == paper
    assert Document.objects.filter(kind="ad_file").count() == 1


def test_form_begins_with_the_job_and_its_asker(page, job, ae):
    form = page.get(address("check_create", job)).context["form"]
    assert (form.initial["author"], form.initial["title"]) == (ae, job.title)
    assert [value for value, _label in form.fields["kind"].choices] == ["creative", "tape"]


def test_form_of_a_corrected_file_begins_as_the_failed_check(page, job, am):
    check = make.make_check(job, "failed", kind="tape", title="Spot 15 s", author=am)
    again = f"{address('check_create', job)}?after={check.pk}"
    assert f'href="{again}"' in page.get(check.get_absolute_url()).content.decode()
    initial = page.get(again).context["form"].initial
    assert (initial["kind"], initial["title"], initial["author"]) == ("tape", "Spot 15 s", am)
    for nonsense in ("0", "x", "9" * 30, f"{make.make_check(job, 'passed').pk}"):
        other = page.get(f"{address('check_create', job)}?after={nonsense}")
        assert other.context["form"].initial["title"] == job.title


def test_only_the_client_s_face_of_this_job_is_offered(page, job, paper):
    make.make_document(job.client, kind="ad_file", content=b"%PDF-1.7 other")
    inside = make.make_document(job.client, kind="ad_file", face="internal")
    inside.job_numbers.create(job_number=job.number)
    report = make.make_document(job.client, kind="contact_report")
    report.job_numbers.create(job_number=job.number)
    form = page.get(address("check_create", job)).context["form"]
    assert list(form.fields["document"].queryset) == [paper]


@pytest.mark.parametrize("both", [False, True])
def test_one_file_is_given_neither_none_nor_two(page, job, paper, both):
    given = {"file": upload(POSTER), "document": f"{paper.pk}"} if both else {}
    answer = ask(page, job, title="Poster, typed", **given)
    refused(answer, "Give one file: uploaded, or filed already.")
    assert answer.context["form"]["title"].value() == "Poster, typed"
    assert not OutgoingCheck.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("kind", "invoice"),
        ("title", ""),
        ("title", "x" * 201),
        ("author", "999999"),
        ("expected_total", "a lot"),
        ("document", "999999"),
    ],
)
def test_what_is_typed_wrong_is_refused_at_its_field(page, job, paper, field, typed):
    given = {"document": f"{paper.pk}", field: typed}
    answer = ask(page, job, **given)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not OutgoingCheck.objects.exists()


@pytest.mark.rule("R73")
def test_failed_file_is_not_asked_for_again(page, job, ae, paper):
    make.make_check(job, "failed", author=ae, sha256=paper.sha256, document=paper)
    answer = ask(page, job, document=f"{paper.pk}")
    refused(answer, "This very file has failed already. Please file the corrected one.")
    assert OutgoingCheck.objects.count() == 1


def test_file_of_a_refused_check_is_not_filed(page, job, ae, paper):
    make.make_check(job, "failed", author=ae, document=paper, sha256=paper.sha256)
    answer = ask(page, job, file=upload(POSTER, "poster.pdf"))
    refused(answer, "This very file has failed already. Please file the corrected one.")
    assert list(Document.objects.filter(kind="ad_file")) == [paper]


def test_same_file_asked_for_twice_is_one_check(page, job, check, paper):
    assert ask(page, job, document=f"{paper.pk}").url == check.get_absolute_url()
    assert OutgoingCheck.objects.count() == 1


# --- one check ----------------------------------------------------------------------------------


@pytest.mark.rule("R71")
def test_page_shows_the_very_file_and_its_items(page, check, paper):
    shown = page.get(check.get_absolute_url())
    assert paper.sha256 in text_of(shown)
    assert "poster.pdf" in text_of(shown)
    assert [answer for _words, answer, _key in shown.context["rows"]] == [None] * 5
    assert b"status-amber" in shown.content


@pytest.mark.rule("R72")
def test_author_waits_for_somebody_else(sign_in, check, ae, am):
    mine = sign_in(ae).get(check.get_absolute_url())
    assert (mine.context["is_author"], mine.context["may_judge"]) == (True, False)
    assert "Somebody else than the author checks it." in text_of(mine)
    theirs = sign_in(am).get(check.get_absolute_url())
    assert (theirs.context["is_author"], theirs.context["may_judge"]) == (False, True)


@pytest.mark.parametrize(
    ("state", "tone", "may_send"), [("passed", "green", True), ("failed", "red", False)]
)
def test_ended_check_is_judged_no_more(page, job, ae, paper, state, tone, may_send):
    check = make.make_check(job, state, document=paper, items={"names": "no", "legal": "na"})
    answer = page.get(check.get_absolute_url())
    shown = answer.context
    assert f"status-{tone}" in answer.content.decode()
    assert (shown["may_judge"], bool(shown["may_send"])) == (False, may_send)
    answers = {key: str(answer) for _words, answer, key in shown["rows"] if key}
    assert answers == {"no": "No", "na": "Not applicable"}


def test_findings_stand_on_the_page(page, job):
    check = make.make_check(job, "failed", findings="The price is of last year")
    assert "The price is of last year" in text_of(page.get(check.get_absolute_url()))


# --- judging ------------------------------------------------------------------------------------


def judge(page, check, button="passed", answer="yes", **fields):
    items = {f"item__{key}": answer for key, _words in items_of(check.kind)}
    return send(page, address("check_judge", check), **{**items, button: "1", **fields})


@pytest.mark.rule("R71", "R72")
@pytest.mark.parametrize("answer", ["yes", "na"])
def test_another_passes_it_with_every_item_answered(sign_in, check, am, answer):
    assert judge(sign_in(am), check, answer=answer).url == check.get_absolute_url()
    check.refresh_from_db()
    assert (check.state, check.checker, check.is_clean) == ("passed", am, True)
    assert check.items == {key: answer for key, _words in items_of("creative")}


@pytest.mark.rule("R71")
def test_item_answered_with_no_does_not_pass(sign_in, check, am):
    answer = judge(sign_in(am), check, item__names="no", findings="Half a name")
    refused(answer, "Not every item is answered with yes or not applicable.", "Half a name")
    check.refresh_from_db()
    assert (check.state, check.items) == ("open", {})


@pytest.mark.parametrize(
    ("field", "typed"), [("item__names", None), ("item__legal", "maybe"), ("row_version", "")]
)
def test_unanswered_item_is_refused_at_its_field(sign_in, check, am, field, typed):
    answer = judge(sign_in(am), check, **{field: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field.replace("__", "-")]


@pytest.mark.rule("R73")
def test_failing_says_what_is_wrong_and_tells_the_author(sign_in, check, ae, am):
    page = sign_in(am)
    refused(judge(page, check, "failed", item__names="no"), "Please write down what is wrong.")
    assert judge(page, check, "failed", item__names="no", findings="Half a name").status_code == 302
    check.refresh_from_db()
    assert (check.state, check.findings, check.items["names"]) == ("failed", "Half a name", "no")
    assert "Half a name" in Notification.objects.get(recipient=ae).label


@pytest.mark.rule("R72")
def test_author_does_not_judge_his_own(page, check):
    answer = judge(page, check)
    refused(answer, "The author does not check his own paper: somebody else looks at it.")
    check.refresh_from_db()
    assert check.state == "open"


@pytest.mark.rule("R71")
@pytest.mark.parametrize(
    ("typed", "status", "state"),
    [("100.00", 302, "passed"), ("100.01", 422, "open"), ("", 422, "open"), ("ten", 422, "open")],
)
def test_total_is_added_again(sign_in, job, ae, am, typed, status, state):
    check = make.make_check(job, author=ae, expected_total=D("100.00"))
    page = sign_in(am)
    assert "100.00" not in text_of(page.get(address("check_judge", check)))
    assert judge(page, check, control_total=typed).status_code == status
    check.refresh_from_db()
    assert check.state == state


def test_check_without_a_total_asks_for_none(sign_in, check, am):
    form = sign_in(am).get(address("check_judge", check)).context["form"]
    assert "control_total" not in form.fields
    assert [name for name in form.fields if name.startswith("item-")] == [
        f"item-{key}" for key, _words in items_of("creative")
    ]


@pytest.mark.parametrize("button", ["passed", "failed"])
def test_stale_page_judges_nothing_and_keeps_the_words(sign_in, check, am, button):
    answer = judge(sign_in(am), check, button, findings="Half a name", **desk.STALE)
    desk.is_stale(answer, check, "open")
    assert "Half a name" in text_of(answer)


@pytest.mark.parametrize("state", ["passed", "failed"])
def test_ended_check_has_no_page_to_judge(sign_in, job, am, state):
    check = make.make_check(job, state)
    assert sign_in(am).get(address("check_judge", check)).status_code == 404
    assert sign_in(am).post(address("check_judge", check), {}).status_code == 404
