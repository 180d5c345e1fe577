from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agency.common.models import OutboxMail
from archives import reports
from archives.kinds import Compartment, Kind
from archives.services import dispatch, reassign
from tests.archives.papers import NOON, make_document
from tests.builders import make_client, make_contact, make_stand_in, make_user


@pytest.mark.rule("R38")
def test_folder_holds_seven_compartments_in_their_order(ae):
    client = make_client(team=[ae])
    report = make_document(client, dated_on=date(2026, 11, 1))
    memo = make_document(client, kind=Kind.MEMO, dated_on=date(2026, 11, 2), content=b"m")
    invoice = make_document(client, kind=Kind.FEE_INVOICE, content=b"i", state="history")
    make_document(make_client(), kind=Kind.MEDIA_PLAN)

    shelves = reports.folder(ae, client, NOON)

    assert [shelf.part for shelf in shelves] == list(Compartment)
    assert [
        (shelf.part, shelf.papers, shelf.count, shelf.history) for shelf in shelves if shelf.count
    ] == [
        (Compartment.MONEY, [invoice], 1, 1),
        (Compartment.CLIENT, [memo, report], 2, 0),
    ]


def test_folder_shows_the_newest_and_counts_all(ae):
    client = make_client(team=[ae])
    for day in range(1, 13):
        make_document(client, dated_on=date(2026, 11, day), content=bytes([day]))

    (shelf,) = (one for one in reports.folder(ae, client, NOON) if one.count)

    assert [paper.dated_on.day for paper in shelf.papers] == [12, 11, 10, 9, 8, 7, 6, 5]
    assert shelf.count == 12


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["ended", "new", "other"]),
        ({"job": "lm-26-014"}, ["ended", "new"]),
        ({"show": "now"}, ["new", "other"]),
        ({"job": "LM-26-014", "show": "history"}, ["ended"]),
        ({"job": "LM-26-01"}, []),
    ],
)
def test_folder_is_narrowed_to_a_job_and_to_the_history(ae, asked, found):
    client = make_client(team=[ae])
    make_document(client, title="new", job_numbers=["LM-26-014", "LM-26-015"])
    make_document(client, title="ended", state="history", job_numbers=["LM-26-014"])
    make_document(client, title="other")

    shelves = reports.folder(ae, client, NOON, **asked)

    assert sorted(paper.title for shelf in shelves for paper in shelf.papers) == found


def test_folder_takes_the_same_queries_for_any_rows(ae):
    client = make_client(team=[ae])
    make_document(client)
    with CaptureQueriesContext(connection) as few:
        reports.folder(ae, client, NOON)
    for number in range(5):
        make_document(client, content=bytes([number]))
    with CaptureQueriesContext(connection) as many:
        reports.folder(ae, client, NOON)

    assert len(few) == len(many) == 2


def test_client_page_shows_the_folder(client, ae):
    lm = make_client(code="LM", team=[ae])
    make_document(lm, title="Media review", number="LM/CR/2026/014")
    client.force_login(ae)

    text = client.get(reverse("accounts:client_detail", args=[lm.pk]), {"tab": "folder"})

    assert "LM/CR/2026/014" in text.content.decode()
    assert "Client papers" in text.content.decode()


# --- duties -------------------------------------------------------------------------------------


@pytest.fixture
def lm(ae, am, ad):
    return make_client(code="LM", name="绿麦食品", team=[ae, am, ad])


def doubtful(client, letter, state="held"):
    row = dispatch(
        document=make_document(client, number="LM/CR/2026/014"),
        contacts=[make_contact(client, "周以宁")],
        key="k",
        template=letter,
        context={"words": ""},
        at=NOON,
    )[0]
    OutboxMail.objects.filter(pk=row.mail_id).update(state=state)
    return row


@pytest.mark.parametrize("state", ["held", "failed", "bounced"])
def test_mail_in_doubt_waits_for_ae_and_am(lm, ae, am, letter, state):
    row = doubtful(lm, letter, state)

    for user in (ae, am):
        (duty,) = reports.awaiting(user, NOON)
        assert (str(duty.group), str(duty.button), duty.client) == ("Check", "Decide", "绿麦食品")
        assert duty.sentence == "LM/CR/2026/014 Media review → 周以宁"
        assert duty.url == f"{reverse('archives:held_mail_list')}#mail-{row.pk}"


def test_mail_in_doubt_waits_for_nobody_else(lm, ad, other_ae, letter):
    doubtful(lm, letter)

    for user in (ad, other_ae, make_user(role="finance"), make_user(role="admin")):
        assert reports.awaiting(user, NOON) == []


def test_stand_in_is_asked_while_the_ae_is_away(lm, ae, other_ae, letter):
    doubtful(lm, letter)
    make_stand_in(ae, other_ae, NOON.date(), NOON.date())

    assert len(reports.awaiting(other_ae, NOON)) == 1


@pytest.mark.parametrize("state", ["queued", "handed", "void"])
def test_mail_that_goes_its_way_needs_nobody(lm, ae, letter, state):
    row = doubtful(lm, letter, "queued")
    OutboxMail.objects.filter(pk=row.mail_id).update(state=state, handed_at=NOON)

    assert reports.awaiting(ae, NOON) == []


@pytest.mark.rule("R92")
def test_who_has_borrowed_no_tape_hands_nothing_over(lm, ae, other_ae, am):
    assert reassign(old=ae, new=other_ae, client=lm, by=am, at=NOON) == 0
