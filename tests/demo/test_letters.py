"""Faxes, memos and kept searches of the demo (domain.md section 11)."""

import pytest

from agency.common.models import Notification
from archives.models import Document, Letter, SavedSearch

pytestmark = pytest.mark.django_db


def test_two_faxes_and_two_memos_are_issued_and_filed():
    rows = Letter.objects.exclude(document=None)
    assert sorted(rows.values_list("kind", flat=True)) == ["fax", "fax", "memo", "memo"]
    assert Document.objects.filter(kind__in=("fax", "memo")).exclude(number="").count() == 4


def test_two_are_of_the_agency_itself():
    numbers = Letter.objects.filter(client=None).values_list("number", flat=True)
    assert sorted(number[:6] for number in numbers) == ["HQ/FX/", "HQ/MM/"]


def test_faxes_were_sent_and_a_draft_waits():
    assert Letter.objects.filter(kind="fax", sent_at__isnull=False).count() == 2
    assert Letter.objects.drafts().count() == 1


def test_whoever_keeps_a_search_was_told_of_news():
    assert SavedSearch.objects.count() == 3
    told = Notification.objects.filter(kind="saved_search")
    assert {row.recipient.username for row in told} >= {"ae1"}
