"""A newer file of a hand-filed paper: same record, next revision, the old one stays (R38, Z10)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agency.common.errors import Refused
from archives import services
from archives.models import Document
from tests.archives.papers import NOON, make_document, upload
from tests.builders import assign, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R38")]
NEWER = b"the second version"


@pytest.fixture
def paper():
    return make_document(
        make_client(), "contract", title="Frame contract", job_numbers=["LM-26-014"]
    )


@pytest.fixture
def person(paper):
    user = make_user()
    assign(paper.client, user)
    return user


def renew(paper, by, content=NEWER, **more):
    file = upload(content, "v2.txt", "text/plain")
    facts = {"dated_on": paper.dated_on, "at": NOON, **more}
    return services.file_version(paper=paper, upload=file, by=by, **facts)


def test_it_takes_the_place_and_keeps_what_the_paper_is(paper, person):
    new = renew(paper, person)
    paper.refresh_from_db()
    assert (paper.state, new.state, new.revision, new.replaces) == (
        "superseded",
        "issued",
        2,
        paper,
    )
    assert (new.title, new.kind) == (paper.title, paper.kind)
    assert [row.job_number for row in new.job_numbers.all()] == ["LM-26-014"]


def test_only_the_newest_is_renewed(paper, person):
    renew(paper, person)
    paper.refresh_from_db()
    with pytest.raises(Refused):
        renew(paper, person, b"a third")
    assert Document.objects.count() == 2


def test_of_two_who_renew_at_once_one_is_refused_and_files_nothing(paper, person):
    stale = Document.objects.get(pk=paper.pk)
    renew(paper, person)
    with pytest.raises(Refused, match="already"):
        renew(stale, person, b"a third")
    assert Document.objects.count() == 2


def test_the_same_bytes_are_no_new_version(paper, person):
    first = renew(paper, person)
    with pytest.raises(Refused, match="in the folder already"):
        renew(first, person)


def test_the_same_form_twice_is_one_version(paper, person):
    key = "6f1f6ac0-41a4-4b7d-9a57-1f0d2b8d3c11"
    renew(paper, person, form_key=key)
    assert Document.objects.filter(replaces=paper).count() == 1


@pytest.mark.parametrize("kind", ["estimate", "contact_report"])
def test_a_paper_of_the_house_is_revised_where_it_was_made(paper, person, kind):
    with pytest.raises(Refused, match="issued by the house"):
        renew(make_document(paper.client, kind, content=b"other"), person)


def test_another_client_is_closed(paper):
    stranger = make_user()
    assign(make_client(), stranger)
    assert not services.may_renew(paper, stranger, NOON)
    with pytest.raises((Refused, PermissionDenied)):
        renew(paper, stranger)


def test_the_page_offers_it_and_files_it(paper, person, client):
    client.force_login(person)
    assert "/version/" in client.get(paper.get_absolute_url()).content.decode()
    sent = {"dated_on": paper.dated_on, "file": upload(NEWER, "v2.txt")}
    sent["form_key"] = "6f1f6ac0-41a4-4b7d-9a57-1f0d2b8d3c11"
    answer = client.post(reverse("archives:document_version", args=[paper.pk]), sent)
    assert answer.url == Document.objects.get(revision=2).get_absolute_url()


def test_the_page_says_whether_its_text_was_read(paper, person, client):
    client.force_login(person)
    assert "being read" in client.get(paper.get_absolute_url()).content.decode()
    Document.objects.filter(pk=paper.pk).update(text_at=NOON)
    assert "None could be read" in client.get(paper.get_absolute_url()).content.decode()
    Document.objects.filter(pk=paper.pk).update(text="Clause one")
    assert "could be read" not in client.get(paper.get_absolute_url()).content.decode()
