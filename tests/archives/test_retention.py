"""Until when a paper is kept: shown, set by the manager, on record, changing nothing else."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agency.common.errors import Refused
from agency.common.models import AuditEntry
from archives.models import Document
from archives.services import keep_until
from tests.archives.papers import NOON, make_document, page

UNTIL = date(2036, 12, 31)


def test_manager_sets_the_day_and_takes_it_away_on_record(client_, am):
    paper = make_document(client_, state="history")

    keep_until(document=paper, until=UNTIL, by=am, at=NOON)
    assert Document.objects.get().retain_until == UNTIL
    keep_until(document=paper, until=None, by=am, at=NOON)

    assert (Document.objects.get().retain_until, Document.objects.get().state) == (None, "history")
    changes = AuditEntry.objects.filter(verb="keep_until").values_list("changes", flat=True)
    assert [row["retain_until"] for row in changes] == [["", "2036-12-31"], ["2036-12-31", ""]]


def test_nobody_below_does_and_no_day_before_the_paper(client_, ae, am):
    paper = make_document(client_)

    with pytest.raises(PermissionDenied):
        keep_until(document=paper, until=UNTIL, by=ae, at=NOON)
    with pytest.raises(Refused) as refusal:
        keep_until(document=paper, until=date(2026, 11, 18), by=am, at=NOON)
    assert refusal.value.field == "until"


def test_page_of_the_paper_shows_the_day_and_who_may_changes_it(client, client_, ae, am):
    paper = make_document(client_)
    keep = reverse("archives:document_keep", args=[paper.pk])
    client.force_login(ae)
    text = page(client.get(paper.get_absolute_url()))
    assert ("for good" in text, keep in text) == (True, False)

    client.force_login(am)
    assert keep in page(client.get(paper.get_absolute_url()))
    assert client.post(keep, {"until": "2036-12-31"}).status_code == 302
    assert "31 Dec 2036" in page(client.get(paper.get_absolute_url()))
    assert client.post(keep, {"until": "2020-01-01"}).status_code == 422
