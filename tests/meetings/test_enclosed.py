"""Which papers of the pack the client's agenda names as enclosed (R7, R71)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from archives.services import dispatch
from meetings.enclosed import enclosed, withheld
from meetings.models import Attendee
from meetings.services.agenda import FACES
from tests.archives.papers import PDF, make_document
from tests.builders import from_kept, make_user, when
from tests.jobs.make import make_check, make_job
from tests.meetings import make
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R71")]
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
NOW = when("2026-11-18 09:00")


def make_kept():
    ae, am = make_user("ae"), make_user("am", "am")
    client, contact = make.make_account(ae, am, code="LM")
    meeting = make.invited(client, ae, contact, START, END)
    return {"ae": ae, "contact": contact, "meeting": meeting}


ae, contact, meeting = from_kept("ae", "contact", "meeting")


def packed(meeting, kind="ad_file", **fields):
    """A paper of its own bytes in the pack."""
    content = PDF + uuid4().hex.encode()
    paper = make_document(meeting.client, kind, content, title=f"A {kind}", **fields)
    meeting.preparations.first().documents.add(paper)
    return paper


def named(meeting):
    client, internal = (
        [row["title"] for row in data(meeting, NOW)["enclosed"]] for _page, data in FACES.values()
    )
    assert client == internal
    return client


@pytest.mark.rule("R7")
@pytest.mark.parametrize("kind", ["ad_file", "estimate", "media_plan", "tape_sheet", "other"])
def test_what_nobody_has_sent_or_checked_is_not_named(meeting, kind):
    paper = packed(meeting, kind)
    assert named(meeting) == []
    assert list(withheld(meeting)) == [paper]


def test_what_has_passed_its_check_is_named(meeting, ae):
    paper = packed(meeting)
    asked = packed(meeting, "tape_sheet")
    job = make_job(meeting.client, ae, "active")
    make_check(job, "passed", document=paper, sha256=paper.sha256)
    make_check(job, document=asked, sha256=asked.sha256)
    assert named(meeting) == ["A ad_file"]
    assert list(withheld(meeting)) == [asked]


def test_the_check_of_another_file_or_client_clears_nothing(meeting, ae):
    paper, other = packed(meeting), make.make_account(ae, code="YL")[0]
    make_check(make_job(meeting.client, ae, "active"), "passed")
    make_check(make_job(other, ae, "active"), "passed", sha256=paper.sha256)
    assert named(meeting) == []


def test_what_the_client_was_sent_is_named_and_what_we_had_is_not(meeting, ae, contact):
    sent, ours = packed(meeting, "estimate"), packed(meeting, "estimate", face="internal")
    letter = {"template": "meetings/mail/uninvited.txt", "context": {"meeting": meeting}}
    dispatch(document=sent, contacts=[contact], key="x", at=NOW, by=ae, **letter)
    dispatch(document=ours, users=[ae], key="y", at=NOW, by=ae, **letter)
    assert list(enclosed(meeting)) == [sent]


@pytest.mark.parametrize("kind", ["contact_report", "budget_report", "ad_guideline"])
def test_what_two_have_signed_or_the_client_gave_is_named(meeting, kind):
    packed(meeting, kind)
    assert named(meeting) == [f"A {kind}"]


def test_the_page_that_sends_says_what_is_left_out(client, meeting, ae):
    packed(meeting)
    Attendee.objects.filter(user=ae).update(task="takes notes")
    client.force_login(ae)
    words = text_of(client.get(reverse("meetings:agenda_send", args=[meeting.pk])))
    assert "no outgoing check has passed it: A ad_file" in words
