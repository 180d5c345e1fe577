"""Pages of briefs and questions: what they show, refuse and keep."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.models import Brief, Question
from tests.builders import assign, make_client, make_contact, make_user
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db
WHY = "The client moved the launch"


@pytest.fixture
def account(ae, am, ad):
    return make_client("LM", team=[ae, am, ad])


@pytest.fixture
def job(account, ae):
    job = make.make_job(account, ae)
    make.make_deliverable(job)
    return job


@pytest.fixture
def page(client, ae):
    client.force_login(ae)
    return client


@pytest.fixture
def creative(account):
    user = make_user(role="department", department="creative")
    assign(account, user, "department")
    return user


def form_of(brief, **fields):
    head = {
        **{part: f"The {part} typed" for part in Brief.PARTS},
        "row_version": brief.row_version,
        "rows-TOTAL_FORMS": 1,
        "rows-INITIAL_FORMS": 0,
        "rows-0-name": "Product photo",
        "rows-0-needed_for": "all",
        "rows-0-state": "received",
    }
    return {**head, **fields}


def test_begun_brief_is_written_at_once(page, job):
    answer = page.post(reverse("jobs:brief_create", args=[job.pk]), {"row_version": 1})
    brief = job.briefs.get()
    assert answer.url == reverse("jobs:brief_update", args=[brief.pk])
    assert page.get(answer.url).status_code == 200


def test_brief_is_saved_with_its_facts(page, job):
    brief = make.make_brief(job, state="draft")
    address = reverse("jobs:brief_update", args=[brief.pk])
    contact = make_contact(job.client)
    awaited = {"rows-0-state": "awaited", "rows-0-source": f"c{contact.pk}"}
    key = page.get(address).context["form"].rows.empty_form.fields["source"]
    keys = [value for _label, group in key.widget.choices if isinstance(group, list | tuple)
            for value, _name in group]  # fmt: skip
    awaited["rows-0-source"] = next(value for value in keys if str(contact.pk) in value)
    page.post(address, form_of(brief, **awaited, **{"rows-0-due_on": "2030-11-24"}))
    brief.refresh_from_db()
    assert brief.background == "The background typed"
    assert brief.facts.get().due_on == date(2030, 11, 24)


BAD = [
    {"background": "\x07"},
    {"background": "x" * 8001},
    {"objective": "\x00x"},
    {"budget": "many"},
    {"budget": "-1"},
    {"budget": "1e99"},
    {"row_version": ""},
    {"rows-TOTAL_FORMS": "200"},
    {"rows-0-name": "x" * 400},
    {"rows-0-name": "two\nlines"},
    {"rows-0-needed_for": "nobody"},
    {"rows-0-state": "perhaps"},
    {"rows-0-state": "awaited"},
    {"rows-0-due_on": "soon"},
    {"rows-0-source": "u0"},
    {"rows-0-source": "x"},
]


@pytest.mark.parametrize("wrong", BAD)
def test_bad_brief_comes_back_and_changes_nothing(page, job, wrong):
    brief = make.make_brief(job, state="draft")
    answer = page.post(reverse("jobs:brief_update", args=[brief.pk]), form_of(brief, **wrong))
    assert answer.status_code in (400, 422)
    brief.refresh_from_db()
    assert (brief.background, brief.facts.count()) == ("The background of it", 0)


def test_clash_keeps_what_was_typed(page, job):
    brief = make.make_brief(job, state="draft")
    typed = form_of(brief)
    address = reverse("jobs:brief_update", args=[brief.pk])
    page.post(address, typed)
    clash = page.post(address, form_of(brief, background="My other words"))
    assert clash.status_code == 409
    words = clash.content.decode()
    assert "My other words" in words
    assert "Product photo" in words


def test_put_in_force_asks_the_departments(page, job):
    brief = make.make_brief(job, state="draft")
    address = reverse("jobs:brief_force", args=[brief.pk])
    assert page.get(address).context["form"].initial["departments"] == ["creative", "production"]
    page.post(address, {"row_version": brief.row_version, "departments": ["creative"]})
    brief.refresh_from_db()
    assert [row.department for row in brief.confirmations.all()] == ["creative"]


def test_page_of_a_draft_says_what_it_lacks(page, job):
    brief = make.make_brief(job, state="draft", objective="")
    answer = page.get(brief.get_absolute_url())
    assert answer.context["gaps"] == ["“objective” is still empty."]


@pytest.mark.rule("R51")
def test_two_versions_are_compared_in_words_and_colours(page, job):
    make.make_brief(job, state="superseded", message="Sell the crunch")
    new = make.make_brief(job, message="Sell the taste")
    words = page.get(reverse("jobs:brief_compare", args=[new.pk, 1])).content.decode()
    assert '<del class="dropped">crunch</del><ins class="added">taste</ins>' in words
    assert page.get(reverse("jobs:brief_compare", args=[new.pk, 9])).status_code == 404


@pytest.mark.rule("R52")
def test_department_answers_on_its_page(client, job, creative):
    brief = make.make_brief(job)
    row = brief.confirmations.create(department="creative", asked_at=NOW)
    client.force_login(creative)
    assert "Answer" in client.get(brief.get_absolute_url()).content.decode()
    address = reverse("jobs:brief_confirm", args=[row.pk])
    typed = {"row_version": row.row_version, "enough": "no", "missing": ""}
    assert client.post(address, typed).status_code == 422
    client.post(address, {**typed, "missing": "The photo"})
    row.refresh_from_db()
    assert (row.enough, row.missing) == (False, "The photo")


def test_department_sees_no_draft(client, job, creative):
    brief = make.make_brief(job, state="draft")
    make.confirm(make.make_brief(job), "creative")
    client.force_login(creative)
    assert client.get(brief.get_absolute_url()).status_code == 404


def test_fact_is_noted_as_received(page, job, ae):
    fact = make.make_brief(job).facts.create(
        name="Logo", from_user=ae, due_on=date(2026, 11, 24), state="awaited"
    )
    typed = {"row_version": fact.row_version, "state": "received"}
    assert page.post(reverse("jobs:fact_update", args=[fact.pk]), typed).status_code == 302
    fact.refresh_from_db()
    assert fact.state == "received"


@pytest.mark.rule("R54")
def test_comment_stands_under_the_strategy(page, job):
    brief = make.make_brief(job, strategy_try="Sell the crunch")
    address = reverse("jobs:strategy_comment", args=[brief.pk])
    page.post(address, {"text": "Sharper, please"})
    assert "Sharper, please" in page.get(brief.get_absolute_url()).content.decode()


@pytest.mark.rule("R79")
def test_question_is_asked_and_answered_by_page(page, job, am):
    address = reverse("jobs:question_create", args=[job.pk])
    form = page.get(address).context["form"]
    keys = [str(key) for _label, group in form.fields["who"].widget.choices
            if isinstance(group, list | tuple) for key, _name in group]  # fmt: skip
    who = next(key for key in keys if key.endswith(str(am.pk)))
    typed = {"text": "Which logo?", "who": who, "due_on": "2030-11-24",
             "form_key": form["form_key"].value()}  # fmt: skip
    assert page.post(address, typed).status_code == 302
    question = Question.objects.get()
    assert question.answerer == am
    page.post(
        reverse("jobs:question_answer", args=[question.pk]),
        {"row_version": question.row_version, "answer": "Red"},
    )
    question.refresh_from_db()
    assert question.answer == "Red"


def test_scope_is_answered_by_page(page, job):
    estimate = make.make_estimate(job, scope_answer="asked")
    address = reverse("jobs:scope_answer", args=[estimate.pk])
    assert page.post(address, {"needed": "no", "reason": ""}).status_code == 422
    assert page.post(address, {"needed": "no", "reason": WHY}).status_code == 302
    estimate.refresh_from_db()
    assert estimate.scope_answer == "no"


@pytest.mark.rule("R51")
def test_every_page_of_the_job_says_that_the_brief_is_new(page, job):
    brief = make.make_brief(job, in_force_at=timezone.now())
    for address in (reverse("jobs:question_create", args=[job.pk]), brief.get_absolute_url()):
        crumbs = page.get(address).context["crumbs"]
        assert crumbs[-1][0] == f"{job.number} (new: {brief})"
    brief.in_force_at -= timedelta(hours=24)
    brief.save()
    assert page.get(brief.get_absolute_url()).context["crumbs"][-1][0] == job.number


def test_a_forgotten_department_is_asked_from_the_page_of_the_brief(page, job, creative):
    brief = make.make_brief(job)
    ask = reverse("jobs:brief_ask", args=[brief.pk])
    assert ask in page.get(brief.get_absolute_url()).content.decode()
    head = {"row_version": brief.row_version}
    assert page.post(ask, head).status_code == 422
    chosen = {**head, "departments": ["creative", "media", "production"]}
    assert page.post(ask, chosen).url == brief.get_absolute_url()
    assert ask not in page.get(brief.get_absolute_url()).content.decode()


@pytest.mark.rule("R83")
def test_page_of_a_creative_brief_says_whose_signature_it_waits_for(client, job, ae, am):
    brief = make.make_brief(job, "creative", "draft", signed_by=None, signed_at=None)
    words = "It counts once the account manager has signed it"
    for user, says in [(ae, True), (am, False)]:
        client.force_login(user)
        shown = client.get(reverse("jobs:brief_detail", args=[brief.pk])).content.decode()
        assert (words in shown) is says
        assert ("Sign and put in force" in shown) is not says
