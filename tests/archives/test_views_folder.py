"""The page of a client's folder: compartments, gaps with their button, waiver, a job's papers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archives.kinds import Compartment, Kind
from archives.models import Document, Waiver
from tests.archives.papers import make_document, page
from tests.builders import make_client, make_contact, make_user

WHY = "The client keeps it himself"


def folder(client):
    return reverse("archives:folder", args=[client.pk])


def test_folder_shows_compartments_gaps_and_their_buttons(at_ae, client_):
    make_contact(client_, is_key=True)
    make_document(client_, title="Media review", number="LM/CR/2026/014")

    text = page(at_ae.get(folder(client_)))

    assert "LM/CR/2026/014" in text
    assert all(
        f'<span class="none">{part.label} 0' in text
        for part in Compartment
        if part != Compartment.CLIENT
    )
    assert "14 % complete" in text
    assert f"/archives/file/?client={client_.pk}&amp;kind=ad_guideline" in text
    assert reverse("meetings:status_create", args=[client_.pk]) in text
    assert reverse("accounts:contract_create", args=[client_.pk]) not in text  # the AM's
    assert "Waive" not in text


@pytest.mark.rule("R40")
def test_account_manager_waives_on_the_page_and_asks_again(client, client_, am):
    client.force_login(am)
    waive = reverse("archives:folder_waive", args=[client_.pk])
    assert f"{waive}?kind=ad_guideline" in page(client.get(folder(client_)))
    assert 'value="ad_guideline" selected' in page(client.get(waive, {"kind": "ad_guideline"}))

    client.post(waive, {"kind": "ad_guideline", "reason": WHY})
    assert WHY in page(client.get(folder(client_)))
    end = reverse("archives:waiver_end", args=[Waiver.objects.get().pk])
    assert WHY in page(client.get(end))
    client.post(end)
    assert WHY not in page(client.get(folder(client_)))


def test_papers_of_a_job_and_the_history_alone(at_ae, client_):
    make_document(client_, title="Of the job", job_numbers=["LM-26-014"])
    make_document(client_, title="Of its end", job_numbers=["LM-26-014"], state="history")
    make_document(client_, title="Of no job")

    text = page(at_ae.get(folder(client_), {"job": "LM-26-014"}))
    assert ("Of the job" in text, "Of its end" in text, "Of no job" in text) == (True, True, False)
    assert "What the folder must hold" not in text
    text = page(at_ae.get(folder(client_), {"show": "history"}))
    assert ("Of the job" in text, "Of its end" in text) == (False, True)
    rows = at_ae.get("/archives/", {"job": "LM-26-014", "show": "now"}).context["rows"]
    assert [row.title for row in rows] == ["Of the job"]


def test_department_sees_its_kinds_and_no_gaps(client, client_):
    artist = make_user(role="department", department="creative")
    client_.assignments.create(user=artist, role="department", starts_on=date(2026, 1, 1))
    make_document(client_, title="Hers", kind=Kind.CREATIVE_BRIEF)
    make_document(client_, title="Not hers", kind=Kind.CONTRACT)
    client.force_login(artist)

    text = page(client.get(folder(client_)))

    assert ("Hers" in text, "Not hers" in text) == (True, False)
    assert "What the folder must hold" not in text


def test_folder_of_5000_papers_takes_15_queries_at_most(at_ae, client_):
    kinds = [kind.value for kind in Kind]
    Document.objects.bulk_create(
        Document(
            client=client_, kind=kinds[number % len(kinds)], title=f"paper {number}", name="a.pdf",
            face="client", sha256=f"{number:064x}", dated_on=date(2026, 1, 1), year=2026,
        )
        for number in range(5000)
    )  # fmt: skip

    with CaptureQueriesContext(connection) as queries:
        text = page(at_ae.get(folder(client_)))

    assert len(queries) <= 15
    count = sum(
        1 for number in range(5000) if kinds[number % len(kinds)] in Compartment.MONEY.kinds
    )
    assert f'Money <span class="quiet">{count}</span>' in text


def test_folder_of_another_client_is_not_there(at_ae):
    assert at_ae.get(folder(make_client(code="XX"))).status_code == 404
