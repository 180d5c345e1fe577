"""Observations: who notes what, of what, with which evidence; who sees them (R48)."""

import uuid
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from archives.models import Ad, Competitor, Observation
from archives.papers_quarterly import papers_of
from archives.reports.evidence import abouts, evidence
from archives.services import observations, void_document
from tests.archives import quarters
from tests.archives.papers import make_document, upload
from tests.archives.quarters import IN_TIME, SEEN_ON, WHY, refusal, see
from tests.builders import assign, from_kept, make_brand, make_client, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R48")]
make_kept = quarters.make_world
client, brand, rival, ae, am, ad = from_kept("client", "brand", "rival", "ae", "am", "ad")


def make_ad(client, **fields):
    facts = {"title": "Bus side", "medium": "outdoor", "first_run": SEEN_ON, "year": 2026}
    return Ad.objects.create(client=client, **{**facts, **fields})


def change(seen, by, **values):
    return observations.update_observation(observation=seen, by=by, at=IN_TIME, **values)


# --- who ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["ae", "am", "ad"])
def test_those_who_serve_the_client_note_what_they_see(rival, ae, am, ad, role):
    by = {"ae": ae, "am": am, "ad": ad}[role]
    seen = see(rival, by)
    assert (seen.seen_by, seen.created_by, seen.client) == (by, by, rival.brand.client)


@pytest.mark.parametrize("role", ["ae", "am", "finance", "management", "department", "admin"])
def test_nobody_else_does(rival, role):
    with pytest.raises(PermissionDenied):
        see(rival, make_user(role=role))


@pytest.mark.parametrize("role", ["ae", "finance", "department"])
def test_nor_changes_or_removes_it(rival, ae, role):
    seen, other = see(rival, ae), make_user(role=role)
    with pytest.raises(PermissionDenied):
        change(seen, other, text="Something else")
    with pytest.raises(PermissionDenied):
        observations.remove_observation(observation=seen, by=other, at=IN_TIME)


def test_a_department_on_the_client_reads_and_another_ae_does_not(client, rival, ae):
    seen, artist = see(rival, ae), make_user(role="department")
    assign(client, artist)
    assert list(Observation.objects.visible_to(artist)) == [seen]
    assert not Observation.objects.visible_to(make_user()).exists()
    assert not Observation.objects.visible_to(make_user(role="admin")).exists()


# --- what ---------------------------------------------------------------------------------------


def test_the_same_form_twice_is_one_observation(rival, ae):
    key = uuid.uuid4()
    first, second = (see(rival, ae, form_key=key) for _turn in range(2))
    assert first == second
    assert AuditEntry.objects.filter(verb="add_observation").count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "Say what was seen."),
        ({"text": "\n \t"}, "Say what was seen."),
        ({"source": " "}, "Say where it was seen or read."),
        ({"on": IN_TIME.date() + timedelta(days=1)}, "Nothing is observed ahead of its day."),
    ],
)
def test_what_it_lacks_is_refused_when_changed_too(rival, ae, given, words):
    seen = see(rival, ae)
    with pytest.raises(Refused, match=words):
        change(seen, ae, **given)


def test_today_is_the_clients_own(rival, ae):
    midnight = when("2026-10-09 00:30")
    assert see(rival, ae, at=midnight, on=date(2026, 10, 9)).on == date(2026, 10, 9)
    client = rival.brand.client
    client.timezone = "America/New_York"
    with pytest.raises(Refused, match="ahead of its day"):
        see(rival, ae, at=midnight, on=date(2026, 10, 9))


@pytest.mark.parametrize(
    ("typed", "stored"), [("0", "0.00"), ("12.345", "12.35"), ("99.994", "99.99"), (None, None)]
)
def test_an_estimate_is_kept_to_the_cent(rival, ae, typed, stored):
    seen = see(rival, ae, spend=None if typed is None else D(typed))
    seen.refresh_from_db()
    assert seen.spend == (None if stored is None else D(stored))


@pytest.mark.parametrize("facts", [{"text": ""}, {"source": ""}, {"spend": D("-0.01")}])
def test_the_database_forbids_what_the_verb_refuses(rival, ae, facts):
    seen = see(rival, ae)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.filter(pk=seen.pk).update(**facts)


def test_a_competitor_of_another_brand_is_refused(client, rival, ae):
    other = Competitor.objects.create(brand=make_brand(client), name="Rice King")
    seen = see(rival, ae)
    with pytest.raises(Refused, match="belongs to another brand"):
        change(seen, ae, competitor=other)
    assert change(seen, ae, competitor=other, brand=other.brand).about == other


def test_an_older_page_is_stale(rival, ae):
    seen = see(rival, ae)
    change(seen, ae, text="Said more exactly", row_version=0)
    with pytest.raises(Stale):
        change(seen, ae, text="Said by another", row_version=0)


def test_what_was_changed_stands_in_the_trail(rival, ae):
    seen = see(rival, ae)
    change(seen, ae, text="Said more exactly")
    (entry,) = AuditEntry.objects.filter(verb="update_observation")
    assert entry.changes == {"text": ["New film on air", "Said more exactly"]}
    change(seen, ae, text="Said more exactly")
    assert AuditEntry.objects.filter(verb="update_observation").count() == 1


def test_what_was_removed_stands_in_the_trail(rival, ae):
    observations.remove_observation(observation=see(rival, ae), by=ae, at=IN_TIME)
    (entry,) = AuditEntry.objects.filter(verb="remove_observation")
    assert entry.changes["text"] == "New film on air"


def test_it_is_about_a_competitor_or_a_market(brand, rival, ae):
    facts = {"brand": brand, "on": SEEN_ON, "kind": "market", "text": "Grew", "source": "Panel"}
    seen = observations.add_observation(by=ae, at=IN_TIME, **facts)
    assert (seen.about, str(seen)) == (brand, f"{brand}: Grew")
    assert str(see(rival, ae)) == "Gold Millet: New film on air"


# --- evidence -----------------------------------------------------------------------------------


def test_an_internal_paper_can_show_the_client_nothing(client, rival, ae):
    paper = make_document(client, kind="competitor_file", face="internal")
    assert refusal(see, rival=rival, by=ae, document=paper) == [
        "This paper is ours only: it can show the client nothing."
    ]


def test_nor_can_a_void_one(client, rival, ae, am):
    paper = make_document(client, kind="competitor_file", by=ae)
    void_document(document=paper, reason=WHY, by=am, at=IN_TIME)
    paper.refresh_from_db()
    assert refusal(see, rival=rival, by=ae, document=paper) == ["This paper is not in force."]


def test_void_later_it_is_shown_no_more(client, rival, ae, am):
    seen = see(rival, ae, document=make_document(client, kind="competitor_file", by=ae))
    assert papers_of(seen) == [seen.document]
    void_document(document=seen.document, reason=WHY, by=am, at=IN_TIME)
    seen.document.refresh_from_db()
    assert papers_of(seen) == []


def test_an_ad_shows_it_by_its_files(client, rival, ae):
    ad = make_ad(client)
    shown, hidden = (make_document(client, kind="ad_file", face=face)
                     for face in ("client", "internal"))  # fmt: skip
    ad.documents.set([shown, hidden])
    seen = see(rival, ae, paper=False, ad=ad)
    assert (seen.has_evidence, seen.shown, papers_of(seen)) == (True, ad, [shown])


def test_with_and_without_evidence(client, rival, ae):
    bare = see(rival, ae, paper=False)
    shown = [see(rival, ae), see(rival, ae, paper=False, ad=make_ad(client))]
    assert list(Observation.objects.evidenced().order_by("pk")) == shown
    assert (bare.has_evidence, bare.shown) == (False, None)


@pytest.mark.parametrize(("about", "kind"), [("rival", "competitor_file"), ("brand", "reference")])
def test_a_file_is_filed_by_what_it_shows(brand, rival, ae, about, kind):
    facts = {"on": SEEN_ON, "kind": "launch", "text": "Cup at 3.90\nred lid", "source": "Shelf"}
    seen = observations.note(
        file=upload(), brand=brand, competitor=rival if about == "rival" else None, by=ae,
        at=IN_TIME, **facts,
    )  # fmt: skip
    paper = seen.document
    assert (paper.kind, paper.title, paper.source) == (kind, "Cup at 3.90", "Shelf")
    assert (paper.brand, paper.dated_on, paper.face) == (brand, SEEN_ON, "client")


# --- what there is to choose from ---------------------------------------------------------------


def keys(groups):
    return [key for _label, rows in groups for key, _row in rows]


def test_competitors_first_then_the_markets(client, brand, rival):
    assert keys(abouts(client)) == [f"c{rival.pk}", f"b{brand.pk}"]


def test_nothing_of_a_brand_that_is_archived(client, brand, rival):
    brand.is_active = False
    brand.save()
    assert abouts(client) == []


def test_papers_of_the_right_kinds_and_ads_are_offered(client, rival, ae):
    still = quarters.still(client)
    clipping = make_document(client, kind="clipping", dated_on=date(2026, 11, 20))
    for kind, face in (("contact_report", "client"), ("clipping", "internal")):
        make_document(client, kind=kind, face=face)
    make_document(make_client(team=[ae]), kind="clipping")
    ad = make_ad(client)
    found = keys(evidence(client, ae, IN_TIME))
    assert found == [f"d{clipping.pk}", f"d{still.pk}", f"a{ad.pk}"]


def test_ads_of_competitors_are_offered_too(client, rival, ae):
    ad = make_ad(None, competitor=rival)
    assert f"a{ad.pk}" in keys(evidence(client, ae, IN_TIME))


def test_what_was_chosen_stays_a_choice(client, rival, ae, am):
    seen = see(rival, ae)
    void_document(document=seen.document, reason=WHY, by=am, at=IN_TIME)
    assert keys(evidence(client, ae, IN_TIME)) == []
    assert keys(evidence(client, ae, IN_TIME, seen)) == [f"d{seen.document_id}"]


# --- in the drafts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "is_in"),
    [
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), True),
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
    ],
)
def test_a_draft_takes_what_lies_in_its_days(client, rival, ae, on, is_in):
    report = quarters.draft(client)
    seen = see(rival, ae, on=on)
    assert report.rows.get().observations.filter(pk=seen.pk).exists() is is_in


def test_a_competitor_new_to_the_draft_comes_with_what_was_seen(client, brand, ae):
    report = quarters.draft(client)
    new = Competitor.objects.create(brand=brand, name="Rice King")
    seen = see(new, ae)
    assert list(report.rows.get(competitor=new).observations.all()) == [seen]


def test_removed_it_leaves_the_draft(client, rival, ae):
    seen, report = see(rival, ae), quarters.draft(client)
    observations.remove_observation(observation=seen, by=ae, at=IN_TIME)
    assert not report.rows.get().observations.exists()
