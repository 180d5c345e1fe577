import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import ClientLink
from accounts.services import make_link
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from agency.common.pdf import text_of
from archives import storage
from archives.models import ClientAnswer
from archives.services import answer, file_trail, supersede
from archives.tasks.document import without_trail
from tests.archives.papers import NOON, make_document
from tests.builders import make_client, make_contact

WORDS = "第 1.2 条不是我们的意思，请改为十一月。"
MONTH = timedelta(days=30)


@pytest.fixture
def paper(client_):
    return make_document(client_, number="LM/CR/2026/014")


@pytest.fixture
def link(paper, client_):
    return door(paper, make_contact(client_, "周以宁"))


def door(paper, contact, purpose="return", **values):
    defaults = {"expires_at": NOON + MONTH, "at": NOON, "sha256": paper.sha256}
    return make_link(contact=contact, subject=paper, purpose=purpose, **{**defaults, **values})


def say(link, given="accepted", **values):
    defaults = {"typed_name": "周以宁", "sha256": link.sha256, "at": NOON + timedelta(hours=2)}
    return answer(link=link, answer=given, **{**defaults, **values})


@pytest.mark.rule("R21")
def test_answer_is_bound_to_paper_hash_and_person(link, paper):
    row = say(link, ip="203.0.113.7", agent="Phone")

    assert (row.document, row.contact, row.answer) == (paper, link.contact, "accepted")
    assert (row.sha256, row.typed_name, row.ip) == (paper.sha256, "周以宁", "203.0.113.7")
    assert row.at == NOON + timedelta(hours=2)
    link.refresh_from_db()
    assert (link.state, link.used_at) == (ClientLink.State.USED, row.at)


def test_answer_leaves_a_page_of_evidence(link, client_):
    row = say(link, "objected", about="1.2", reason=WORDS, ip="203.0.113.7", agent="Phone")

    trail = row.trail
    assert (trail.kind, trail.number, trail.contact) == (
        "return_proof",
        "LM/ST/2026/001",
        row.contact,
    )
    text = text_of(storage.read_file(trail.sha256))
    assert WORDS in text.replace("\n", "")
    assert "203.0.113.7" in text
    assert "LM/CR/2026/014" in text
    assert row.sha256 in text.replace("\n", "").replace(" ", "")


def test_answer_goes_on_record_under_the_contact(link):
    say(link)

    entry = AuditEntry.objects.get(verb="answer")
    assert (entry.actor, entry.contact_name, entry.client_code) == (None, "周以宁", "LM")
    assert entry.changes["answer"] == "accepted"


def test_same_answer_again_is_the_same_row(link):
    first = say(link)
    again = say(link, at=NOON + timedelta(hours=3))

    assert (again.pk, again.is_repeat, first.is_repeat) == (first.pk, True, False)
    assert ClientAnswer.objects.count() == 1


@pytest.mark.rule("R22")
def test_who_accepted_may_object_while_the_link_lives(link):
    say(link)

    row = say(link, "objected", reason=WORDS, at=NOON + timedelta(days=29))

    assert row.answer == "objected"
    assert link.answers.count() == 2


def test_who_accepted_cannot_object_after_the_link_died(link):
    say(link)

    with pytest.raises(Refused, match="no longer valid"):
        say(link, "objected", reason=WORDS, at=NOON + MONTH)


def test_who_objected_cannot_accept(link):
    say(link, "objected", reason=WORDS)

    with pytest.raises(Refused, match="no longer valid"):
        say(link)


@pytest.mark.rule("R22")
@pytest.mark.parametrize("reason", ["", "  ", "no", "xxxxxxxxxxxx"])
def test_objection_needs_words(link, reason):
    with pytest.raises(Refused) as refusal:
        say(link, "objected", reason=reason)

    assert refusal.value.field == "reason"
    assert ClientAnswer.objects.count() == 0


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\r\nb", "a\x00b"])
def test_bare_button_is_no_answer(link, name):
    with pytest.raises(Refused) as refusal:
        say(link, typed_name=name)

    assert refusal.value.field == "typed_name"
    link.refresh_from_db()
    assert link.state == ClientLink.State.OPEN


def test_other_bytes_than_shown_are_not_answered(link):
    with pytest.raises(Stale):
        say(link, sha256="0" * 64)


def test_expiry_is_looked_at_when_the_answer_comes(link):
    with pytest.raises(Refused, match="no longer valid"):
        say(link, at=NOON + MONTH)
    assert say(link, at=NOON + MONTH - timedelta(seconds=1)).pk


def test_contact_who_left_answers_nothing(link):
    link.contact.is_active = False
    link.contact.save()

    with pytest.raises(Refused, match="no longer valid"):
        say(link)


def test_replaced_paper_is_not_answered(link, paper):
    supersede(document=paper, at=NOON)

    with pytest.raises(Refused, match="no longer valid"):
        say(link)
    link.refresh_from_db()
    assert link.state == ClientLink.State.REVOKED


def test_used_link_of_a_replaced_paper_takes_no_objection(link, paper):
    say(link)
    supersede(document=paper, at=NOON)

    with pytest.raises(Stale, match="replaced"):
        say(link, "objected", reason=WORDS)


@pytest.mark.parametrize("given", ["signed", "refused", "nonsense"])
def test_link_takes_the_answers_of_its_purpose_only(link, given):
    with pytest.raises(Refused, match="does not belong"):
        say(link, given, reason=WORDS)


@pytest.mark.parametrize(("minutes", "is_fresh"), [(0, True), (10, True), (11, False), (-1, False)])
def test_code_counts_for_ten_minutes(paper, client_, minutes, is_fresh):
    link = door(paper, make_contact(client_), needs_code=True)
    link.code_passed_at = NOON
    link.save()
    at = NOON + timedelta(minutes=minutes)

    if is_fresh:
        assert say(link, at=at).code_at == NOON
    else:
        with pytest.raises(Refused) as refusal:
            say(link, at=at)
        assert refusal.value.field == "code"


def test_link_with_code_answers_nothing_without_it(paper, client_):
    link = door(paper, make_contact(client_), needs_code=True)

    with pytest.raises(Refused, match="code"):
        say(link)


def test_signature_leaves_a_signature_proof(client_):
    paper = make_document(client_, kind="estimate", number="LM/PE/2026/001")
    link = door(paper, make_contact(client_, can_sign=True), "sign", needs_code=False)

    assert say(link, "signed").trail.kind == "signature_proof"


def test_failed_print_loses_no_answer_and_the_clock_prints_later(link, settings):
    settings.FAULT = "pdf_fail:1"
    row = say(link)
    assert row.trail is None
    assert list(without_trail(row.at)) == []

    settings.FAULT = ""
    later = row.at + timedelta(minutes=2)
    assert list(without_trail(later)) == [row]
    trail = file_trail(answer=row, at=later)

    row.refresh_from_db()
    assert row.trail == trail
    assert trail.number == "LM/ST/2026/001"
    assert list(without_trail(later)) == []


def test_page_of_evidence_carries_the_day_of_the_client(client_, paper):
    client_.timezone = "America/New_York"
    client_.save()
    row = say(door(paper, make_contact(client_)), at=NOON)

    assert row.trail.dated_on == NOON.astimezone(ZoneInfo("America/New_York")).date()


# --- kept by the database -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE archives_clientanswer SET reason = 'other'",
        "UPDATE archives_clientanswer SET answer = 'seen'",
        "UPDATE archives_clientanswer SET trail_id = NULL",
        "DELETE FROM archives_clientanswer",
        "TRUNCATE archives_clientanswer CASCADE",
    ],
)
def test_answer_is_kept_as_it_was_given(link, statement):
    say(link)

    with pytest.raises(DatabaseError, match="kept as it was given"):
        run(statement)


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        # foreign keys are looked at now, so that TRUNCATE meets the trigger and not them
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def test_accept_and_object_at_once_have_one_winner(transactional_db):
    """Four browsers with the same link; objecting after accepting is allowed, so all may object."""
    client = make_client(code="LM")
    paper = make_document(client, number="LM/CR/2026/014")
    link = door(paper, make_contact(client))
    say(door(paper, make_contact(client)))  # a print process that is warm holds no lock for long
    start = threading.Barrier(4)

    def press(given):
        start.wait()
        try:
            return say(link, given, reason=WORDS).answer
        except Refused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(press, ["accepted", "objected"] * 2))

    kept = sorted(link.answers.values_list("answer", flat=True))
    assert kept in (["objected"], ["accepted", "objected"])
    expected = ["objected"] * 2 + ["refused"] * 2
    assert found == (expected if kept == ["objected"] else ["accepted"] * 2 + ["objected"] * 2)
    assert AuditEntry.objects.filter(verb="answer").count() == 1 + len(kept)
