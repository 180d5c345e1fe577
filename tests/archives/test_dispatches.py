import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from accounts.models import ClientLink
from agency.common.errors import Refused
from agency.common.models import AuditEntry, OutboxMail
from archives.models import Dispatch
from archives.services import dispatch, supersede
from tests.archives.papers import NOON, make_document
from tests.builders import make_client, make_contact

KEY = "report:7:r1"


@pytest.fixture
def client_(ae):
    return make_client(code="LM", team=[ae])


@pytest.fixture
def paper(client_):
    return make_document(client_, number="LM/CR/2026/014")


def send(paper, letter, **values):
    defaults = {"key": KEY, "template": letter, "context": {"words": "a & b"}, "at": NOON}
    return dispatch(document=paper, **{**defaults, **values})


@pytest.mark.rule("R20")
def test_each_contact_gets_a_row_a_mail_and_a_link(paper, client_, letter):
    zhou, li = make_contact(client_, "周以宁"), make_contact(client_, "李想", language="en")

    rows = send(
        paper,
        letter,
        contacts=[zhou, li],
        link_purpose="return",
        expires_at=NOON + timedelta(days=30),
    )

    assert [(row.contact, row.key, row.address) for row in rows] == [
        (zhou, f"{KEY}:c{zhou.pk}", zhou.email),
        (li, f"{KEY}:c{li.pk}", li.email),
    ]
    assert {row.mail.kind for row in rows} == {OutboxMail.Kind.CLIENT_PAPER}
    assert {row.state for row in rows} == {OutboxMail.State.QUEUED}
    assert rows[0].mail.attachments == [{"name": "paper.pdf", "sha256": paper.sha256}]
    assert rows[0].link.sha256 == paper.sha256
    assert set(ClientLink.objects.of(paper)) == {row.link for row in rows}


def test_mail_is_written_in_the_language_of_the_recipient(paper, client_, letter):
    row = send(paper, letter, contacts=[make_contact(client_, language="en")])[0]

    assert row.mail.subject == "LM: Contact report LM/CR/2026/014"
    assert row.mail.text == "何嘉宁 & a & b <b>\n"
    assert row.mail.contact_id == row.contact_id


def test_mail_holds_the_place_of_the_link_and_no_token(paper, client_, letter):
    row = send(
        paper,
        letter,
        contacts=[make_contact(client_)],
        link_purpose="return",
        expires_at=NOON + timedelta(days=30),
    )[0]

    assert row.mail.text.splitlines()[-1] == f"{{{{link:{row.link.pk}}}}}"
    assert row.link.tokens.count() == 0


def test_our_people_get_an_internal_mail_without_link(paper, ae, letter):
    row = send(paper, letter, users=[ae], link_purpose="return", expires_at=NOON)[0]

    assert (row.user, row.link, row.mail.kind) == (ae, None, OutboxMail.Kind.INTERNAL)
    assert row.mail.to == ae.email


def test_same_key_again_sends_nothing(paper, client_, letter):
    contact = make_contact(client_)
    send(paper, letter, contacts=[contact])

    assert send(paper, letter, contacts=[contact]) == []
    assert (Dispatch.objects.count(), OutboxMail.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(verb="dispatch").count() == 1


def test_new_recipient_of_an_old_key_is_the_only_one_served(paper, client_, letter):
    first, second = make_contact(client_), make_contact(client_)
    send(paper, letter, contacts=[first])

    assert [row.contact for row in send(paper, letter, contacts=[first, second])] == [second]


def test_by_hand_counts_as_handed_over_at_once(paper, client_):
    contact = make_contact(client_, email="")

    row = dispatch(document=paper, contacts=[contact], channel="hand", key=KEY, at=NOON)[0]

    assert (row.mail, row.handed_at, row.state) == (None, NOON, "handed")


def test_by_fax_goes_to_the_fax_number(paper, client_):
    contact = make_contact(client_, fax="021-5550")

    row = dispatch(document=paper, contacts=[contact], channel="fax", key=KEY, at=NOON)[0]

    assert row.address == "021-5550"


def test_internal_face_never_goes_to_a_client(client_, letter):
    paper = make_document(client_, face="internal")

    with pytest.raises(Refused, match="internal face"):
        send(paper, letter, contacts=[make_contact(client_)])


def test_paper_goes_to_its_own_client_only(paper, letter):
    with pytest.raises(Refused, match="not a contact of this client"):
        send(paper, letter, contacts=[make_contact(make_client())])


@pytest.mark.parametrize("fields", [{"is_active": False}, {"email": ""}])
def test_nobody_unreachable_is_written_to(paper, client_, letter, fields):
    with pytest.raises(Refused) as refusal:
        send(paper, letter, contacts=[make_contact(client_, **fields)])

    assert refusal.value.field == "contacts"
    assert OutboxMail.objects.count() == 0


def test_superseded_paper_leaves_no_more(paper, client_, letter):
    supersede(document=paper, at=NOON)
    paper.refresh_from_db()

    with pytest.raises(Refused, match="Superseded"):
        send(paper, letter, contacts=[make_contact(client_)])


def test_times_of_the_mail_are_handed_on(paper, client_, letter):
    later = NOON + timedelta(hours=1)

    row = send(
        paper, letter, contacts=[make_contact(client_)], next_try_at=later, valid_until=later
    )[0]

    assert (row.mail.next_try_at, row.mail.valid_until) == (later, later)


def test_same_key_at_once_sends_once(transactional_db, letter):
    client = make_client()
    paper, contact = make_document(client), make_contact(client)
    start = threading.Barrier(4)

    def press(_number):
        start.wait()
        try:
            return len(send(paper, letter, contacts=[contact]))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == [0, 0, 0, 1]
    assert OutboxMail.objects.count() == 1
