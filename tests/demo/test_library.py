"""Tapes, the reference file and suggestions of the demo (domain.md section 11)."""

from collections import Counter

import pytest

from agency.common.models import Notification
from archives.models import Document, Tape, TapeLoan
from archives.reports.reference import references, topics
from jobs.models import Suggestion
from tests.demo.world import NOW

pytestmark = pytest.mark.django_db


def test_twenty_tapes_some_of_competitors():
    owners = Counter(Tape.objects.values_list("owner", flat=True))
    assert (owners["client"] + owners["competitor"], owners["competitor"] > 5) == (20, True)


def test_one_is_lost_one_discarded_and_one_loan_overdue():
    states = Counter(Tape.objects.values_list("state", flat=True))
    assert (states["lost"], states["discarded"], states["out"]) == (1, 1, 2)
    (loan,) = TapeLoan.objects.overdue(NOW.date())
    told = Notification.objects.filter(kind="loan_due", is_dropped=False)
    assert loan.borrower.username in {row.recipient.username for row in told}


def test_tape_sheets_are_filed():
    sheets = Document.objects.filter(kind="tape_sheet", state="issued").exclude(number="")
    assert sorted(sheets.values_list("number", flat=True)) == ["TP-0001", "TP-0005", "TP-0009"]


def test_the_reference_file_has_its_topics(django_user_model):
    boss = django_user_model.objects.get(username="management1")
    found = dict(topics(references(boss, NOW)))
    assert found["坚果市场"] == 2
    assert len(found) > 6


def test_suggestions_in_every_state_and_one_became_a_job():
    states = Counter(Suggestion.objects.values_list("state", flat=True))
    assert states == {"accepted": 2, "declined": 1, "idea": 1, "proposed": 2}
    (begun,) = Suggestion.objects.filter(job__isnull=False)
    assert begun.job.title == "脆谷一周七味便利店小包装"
    assert Suggestion.objects.without_job().get().client.code == "AH"


def test_who_hears_of_clients_without_a_suggestion():
    told = Notification.objects.filter(kind="no_idea", is_dropped=False)
    assert {row.client_code for row in told} >= {"HC", "QL"}
