"""Pages of kept searches, and the look at a paper without leaving the hits (9.3)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from archives.models import FindSession, SavedSearch
from archives.services import saved
from tests.archives.papers import make_document, page
from tests.builders import make_client, make_user

pytestmark = pytest.mark.rule("R39")
FIND, LIST = reverse("archives:search"), reverse("archives:saved_list")
KEEP = reverse("archives:saved_create")
HTMX = {"HX-Request": "true"}


def kept(user, query="礼盒", **facets):
    return saved.keep_search(query=query, facets=facets, by=user, at=timezone.now())


def url(name, row):
    return reverse(f"archives:{name}", args=[row.pk])


def test_a_question_is_kept_from_its_page_with_its_facets(at_ae, client_):
    make_document(client_, title="礼盒", kind="fax")
    text = page(at_ae.get(FIND, {"q": "礼盒", "kind": "fax"}))
    assert f'action="{KEEP}"' in text
    answer = at_ae.post(KEEP, {"q": "礼盒", "kind": "fax"})
    assert answer.url == SavedSearch.objects.get().get_absolute_url()
    assert f'action="{KEEP}"' not in page(at_ae.get(answer.url))


def test_before_anything_is_asked_the_kept_ones_are_offered(at_ae, ae, client_):
    row = kept(ae, client=str(client_.pk))
    text = page(at_ae.get(FIND))
    assert "礼盒 · 绿麦食品" in text
    assert row.get_absolute_url().replace("&", "&amp;") in text


def test_nothing_asked_is_not_kept(at_ae):
    assert at_ae.post(KEEP, {"q": " "}).url == "/"
    assert not SavedSearch.objects.exists()


def test_the_list_shows_ones_own_alone(at_ae, ae):
    kept(ae)
    kept(make_user(), "别人的问题")
    text = page(at_ae.get(LIST))
    assert "礼盒" in text
    assert "别人的问题" not in text


def test_an_empty_list_says_how_to_begin(at_ae):
    assert "No kept searches yet" in page(at_ae.get(LIST))


def test_being_told_is_turned_off_and_on(at_ae, ae):
    row = kept(ae)
    for tells in (False, True):
        assert at_ae.post(url("saved_tell", row)).url == LIST
        row.refresh_from_db()
        assert row.tells is tells


def test_one_is_let_go(at_ae, ae):
    at_ae.post(url("saved_forget", kept(ae)))
    assert not SavedSearch.objects.exists()


def test_somebody_elses_is_not_there(at_ae):
    row = kept(make_user())
    for name in ("saved_tell", "saved_forget"):
        assert at_ae.post(url(name, row)).status_code == 404
    assert at_ae.get(url("saved_open", row)).status_code == 404


def test_news_lead_to_what_was_filed_since(at_ae, ae, client_):
    make_document(client_, title="旧的礼盒")
    new = make_document(client_, title="新的礼盒", at=timezone.now())
    row = kept(ae)
    row.news, row.news_since = 1, timezone.localdate()
    row.save()
    answer = at_ae.get(url("saved_open", row), follow=True)
    assert [hit.paper for hit in answer.context["found"].hits] == [new]


@pytest.mark.parametrize("since", ["x", "2026-13-01", "0001-01-01", "9999-12-31", "20261130x"])
def test_a_day_that_is_none_narrows_nothing(since, at_ae, client_):
    make_document(client_, title="礼盒")
    answer = at_ae.get(FIND, {"q": "礼盒", "since": since})
    assert answer.context["found"].total == 1


# --- the look ------------------------------------------------------------------------------------


def test_a_hit_offers_a_look(at_ae, client_):
    paper = make_document(client_, title="礼盒")
    text = page(at_ae.get(FIND, {"q": "礼盒"}))
    assert f'hx-get="{url("look", paper)}' in text
    assert 'id="look"' in text


def test_a_look_shows_the_beginning_of_the_text(at_ae, client_):
    paper = make_document(client_, title="礼盒", text="样片于周五前\n确认。" + "再" * 2000)
    text = page(at_ae.get(url("look", paper), headers=HTMX))
    assert "样片于周五前 确认。" in text
    assert "再" * 1300 not in text
    assert "<html" not in text


def test_without_script_it_is_a_page(at_ae, client_):
    text = page(at_ae.get(url("look", make_document(client_, title="礼盒"))))
    assert "<html" in text


def test_a_paper_without_picture_and_text_says_so(at_ae, client_):
    text = page(at_ae.get(url("look", make_document(client_)), headers=HTMX))
    assert "There is no picture of this file" in text


def test_what_stands_in_a_paper_is_shown_as_text(at_ae, client_):
    paper = make_document(client_, title="<b>x", text="<script>alert(1)</script>")
    text = page(at_ae.get(url("look", paper), headers=HTMX))
    assert "<script>alert" not in text
    assert "&lt;b&gt;x" in text


def test_another_clients_paper_is_not_there_to_look_at(at_ae):
    paper = make_document(make_client("YL"), title="礼盒")
    assert at_ae.get(url("look", paper)).status_code == 404


def test_looking_does_not_stop_the_watch_and_opening_from_there_does(at_ae, client_):
    paper = make_document(client_, title="礼盒")
    session = at_ae.get(FIND, {"q": "礼盒"}).context["session"]
    text = page(at_ae.get(url("look", paper), {"find": session.pk}, headers=HTMX))
    assert FindSession.objects.get().ended == ""
    assert f"{paper.get_absolute_url()}?find={session.pk}" in text


@pytest.mark.parametrize("find", ["x", "9" * 30, "-1", '"><script>'])
def test_nonsense_behind_a_look_is_left_out(find, at_ae, client_):
    text = page(at_ae.get(url("look", make_document(client_)), {"find": find}, headers=HTMX))
    assert "?find=" not in text
