"""The pages of a brainstorm, from the call to the filed record (R43, R82)."""

import pytest
from django.urls import reverse

from archives.models import Brainstorm
from tests.archives.papers import NOON, page
from tests.archives.storms import QUESTION, decided, filed, make_storm, with_idea
from tests.builders import assign, make_brand, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def blank(settings):
    settings.FAULT = "pdf_blank"


@pytest.fixture
def brand(client_):
    return make_brand(client_, name="脆谷")


@pytest.fixture
def storm(brand, ae, am):
    return make_storm(brand, ae, am)


def url(name, row):
    return reverse(f"archives:{name}", args=[row.pk])


def typed(**more):
    return {
        "question": QUESTION,
        "on": "2026-11-19T10:00",
        "ended_at": "2026-11-19T11:00",
        **more,
    }


def key(answer):
    return answer.context["form"]["form_key"].value()


def test_a_brainstorm_is_entered_and_changed(at_ae, brand, ae, am):
    address = url("brainstorm_create", brand)
    chosen = {"chair": f"u{am.pk}", "people": [f"u{ae.pk}"], "form_key": key(at_ae.get(address))}
    answer = at_ae.post(address, typed(**chosen))
    storm = Brainstorm.objects.get()
    assert answer.headers["Location"] == storm.get_absolute_url()
    assert {*storm.people.all()} == {ae, am}
    form = at_ae.get(url("brainstorm_update", storm)).context["form"]
    assert form.initial["people"] == [f"u{person.pk}" for person in (ae, am)]
    change = typed(question="And the smell?", chair=f"u{am.pk}", row_version=0)
    at_ae.post(url("brainstorm_update", storm), change)
    assert Brainstorm.objects.get().question == "And the smell?"


@pytest.mark.rule("R82")
def test_an_executive_in_the_chair_is_asked_why_at_the_field(at_ae, brand, ae):
    address = url("brainstorm_create", brand)
    chosen = {"chair": f"u{ae.pk}", "form_key": key(at_ae.get(address))}
    answer = at_ae.post(address, typed(**chosen))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["chair_reason"]


def test_ideas_are_noted_on_the_page_and_said_better(at_ae, storm, ae, am):
    form = at_ae.get(storm.get_absolute_url()).context["idea_form"]
    assert form.initial == {"whose": f"u{ae.pk}"}
    noted = {"text": "A bite.", "whose": f"u{am.pk}", "form_key": form["form_key"].value()}
    answer = at_ae.post(url("idea_create", storm), noted)
    assert answer.headers["Location"].endswith("#ideas")
    idea = storm.ideas.get()
    assert idea.by == am
    better = {"text": "A bite in the dark.", "whose": f"u{ae.pk}", "row_version": 0}
    at_ae.post(url("idea_update", idea), better)
    assert "A bite in the dark." in page(at_ae.get(storm.get_absolute_url()))


@pytest.mark.rule("R43")
def test_ideas_are_chosen_the_record_filed_and_shown_in_the_brands_line(at_ae, storm, ae):
    idea = with_idea(storm, ae)
    decision = {"chosen": [idea.pk], "next_step": "A demo by Friday.", "row_version": 0}
    at_ae.post(url("brainstorm_decide", storm), decision)
    assert url("brainstorm_record", storm) in page(at_ae.get(storm.get_absolute_url()))
    storm.refresh_from_db()
    assert "found by every word" in page(at_ae.get(url("brainstorm_record", storm)))
    at_ae.post(url("brainstorm_record", storm), {"row_version": storm.row_version})
    text = page(at_ae.get(storm.get_absolute_url()))
    assert "LM/BS/2026/001" in text
    assert url("brainstorm_update", storm) not in text
    line = page(at_ae.get(url("brand_detail", storm.brand)))
    assert storm.get_absolute_url() in line
    assert QUESTION in line


def test_what_is_missing_stands_on_the_page(at_ae, storm):
    text = page(at_ae.get(storm.get_absolute_url()))
    assert "No idea has been noted." in text
    assert "The next step is missing." in text
    assert url("brainstorm_record", storm) not in text


def test_a_filed_record_is_opened_again_with_a_reason(at_ae, storm, ae):
    row = filed(storm, ae)
    for name in ("brainstorm_update", "brainstorm_decide", "brainstorm_record", "idea_create"):
        assert at_ae.get(url(name, row)).status_code == 404
    reason = {"reason": "An idea was left out.", "row_version": row.row_version}
    at_ae.post(url("brainstorm_reopen", row), reason)
    text = page(at_ae.get(row.get_absolute_url()))
    assert "being corrected" in text
    assert "LM/BS/2026/001" in text


def test_an_open_record_has_nothing_to_open(at_ae, storm):
    assert at_ae.get(url("brainstorm_reopen", storm)).status_code == 404


# --- a department -------------------------------------------------------------------------------


@pytest.fixture
def creative(brand):
    assign(brand.client, user := make_user(role="department"))
    return user


def test_a_department_that_was_there_notes_its_own_idea(client, brand, ae, am, creative):
    storm = make_storm(brand, ae, am, people=[creative])
    client.force_login(creative)
    form = client.get(storm.get_absolute_url()).context["idea_form"]
    assert form.fields["whose"].choices == [(f"u{creative.pk}", creative.name)]
    idea = {"text": "Thunder.", "form_key": form["form_key"].value()}
    client.post(url("idea_create", storm), {**idea, "whose": f"u{creative.pk}"})
    assert storm.ideas.get().by == creative
    assert client.get(url("idea_update", storm.ideas.get())).status_code == 200
    other = with_idea(storm, ae)
    assert client.get(url("idea_update", other)).status_code == 403


def test_a_department_that_was_not_there_reads(client, storm, creative):
    client.force_login(creative)
    answer = client.get(storm.get_absolute_url())
    assert QUESTION in page(answer)
    assert answer.context["idea_form"] is None
    assert client.get(url("idea_create", storm)).status_code == 403


def test_the_filed_record_is_found_by_the_words_of_its_question(at_ae, storm, ae):
    filed(storm, ae)
    answer = at_ae.get(reverse("archives:search"), {"q": "crisp sound"})
    assert "LM/BS/2026/001" in page(answer)


def test_a_brand_that_is_no_longer_active_is_still_read(at_ae, storm, ae):
    storm.brand.is_active = False
    storm.brand.save()
    decided(storm, ae)
    assert "archived" in page(at_ae.get(url("brand_detail", storm.brand)))
    assert page(at_ae.get(storm.get_absolute_url()))
    assert storm.ended_at < NOON
