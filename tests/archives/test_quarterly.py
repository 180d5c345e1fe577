"""The quarterly report from draft to issue; what it lacks; who signs (3.13, R48, R49)."""

from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.models import Notification
from archives.models import Competitor, CompetitorRow, Dispatch, Observation, QuarterlyReport
from archives.services import observations, quarterly, quarterly_issue
from tests.archives import quarters
from tests.archives.quarters import DRAFTED, FACTS, IN_TIME, LATE, SEEN_ON, WHY, refusal, see
from tests.builders import from_kept, make_brand, make_client, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R49")]
make_kept = quarters.make_world
client, brand, rival, ae, am, ad = from_kept("client", "brand", "rival", "ae", "am", "ad")


# --- observations sorted in ---------------------------------------------------------------------


@pytest.mark.rule("R48")
def test_the_draft_begins_with_what_was_seen_in_the_quarter(client, rival, ae):
    film, price = see(rival, ae), see(rival, ae, spend=D("300.00"), kind="price")
    see(rival, ae, on=DRAFTED.date())
    row = quarters.draft(client).rows.get()
    assert (row.competitor, list(row.observations.order_by("pk"))) == (rival, [film, price])
    assert (row.spend, row.campaign) == (D("1200300.00"), "")


@pytest.mark.rule("R48")
def test_what_is_seen_later_comes_into_the_draft_of_its_quarter(client, rival, ae):
    report = quarters.draft(client)
    seen = see(rival, ae)
    assert list(report.rows.get().observations.all()) == [seen]
    observations.update_observation(observation=seen, on=DRAFTED.date(), by=ae, at=IN_TIME)
    assert not report.rows.get().observations.exists()


def test_of_the_market_it_stands_under_no_competitor(client, brand, ae):
    report = quarters.draft(client)
    seen = observations.add_observation(
        brand=brand, on=SEEN_ON, kind="market", text="Grew", source="Panel", by=ae, at=IN_TIME
    )
    assert seen.competitor is None
    assert not report.rows.get().observations.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("text", " ", "Say what was seen."),
        ("source", "", "Say where it was seen or read."),
        ("on", when("2026-10-10").date(), "Nothing is observed ahead of its day."),
    ],
)
def test_an_observation_says_what_was_seen_where_and_when(rival, ae, field, value, words):
    assert refusal(see, rival=rival, by=ae, **{field: value}) == [words]


def test_nothing_of_another_client_is_evidence(rival, ae):
    paper = see(Competitor.objects.create(brand=make_brand(make_client(team=[ae])), name="X"), ae)
    words = refusal(see, rival=rival, by=ae, paper=False, document=paper.document)
    assert words == ["This paper belongs to another client."]


def test_what_a_submitted_report_names_stays(client, rival, ae):
    seen = see(rival, ae)
    report = quarters.submitted(client, ae)
    words = ["A report that was submitted names it: it stays as it is."]
    assert refusal(observations.remove_observation, observation=seen, by=ae) == words
    assert refusal(observations.update_observation, observation=seen, by=ae, text="x") == words
    quarterly.return_quarterly(report=report, reason=WHY, by=rival.brand.client.assignments.get(
        role="am").user, at=IN_TIME)  # fmt: skip
    observations.remove_observation(observation=seen, by=ae, at=IN_TIME)
    assert not Observation.objects.exists()


# --- what it lacks ------------------------------------------------------------------------------


def test_an_empty_part_is_named_and_refused(client, rival, ae):
    see(rival, ae)
    report = quarters.written(client, ae, facts={**FACTS, "media": "", "spend": None}, market="")
    assert refusal(quarterly.submit_quarterly, report=report, by=ae) == [
        "“the market” is empty.",
        "Gold Millet: “media” is empty.",
        "Gold Millet: “estimated spend” is empty.",
    ]


def test_a_competitor_without_evidence_is_refused(client, rival, ae):
    see(rival, ae, paper=False)
    (words,) = refusal(quarterly.submit_quarterly, report=quarters.written(client, ae), by=ae)
    assert words.startswith("Gold Millet: choose an observation with evidence")
    see(rival, ae)
    assert quarters.submitted(client, ae).state == "submitted"


def test_or_it_says_that_nothing_was_seen(client, rival, ae):
    report = quarters.written(client, ae, facts={"nothing_seen": True})
    assert quarterly.submit_quarterly(report=report, by=ae, at=IN_TIME).state == "submitted"


def test_nothing_seen_and_yet_evidence_is_refused(client, rival, ae):
    see(rival, ae)
    report = quarters.written(client, ae, facts={**FACTS, "nothing_seen": True})
    assert refusal(quarterly.submit_quarterly, report=report, by=ae) == [
        "Gold Millet: nothing was seen, and yet observations are chosen."
    ]


def test_a_competitor_known_by_now_is_taken_up_first(client, brand, rival, ae):
    see(rival, ae)
    report = quarters.written(client, ae)
    Competitor.objects.create(brand=brand, name="Rice King")
    (words,) = refusal(quarterly.submit_quarterly, report=report, by=ae)
    assert words.startswith("Rice King is known by now")
    quarterly.take_up_news(report=report, by=ae, at=IN_TIME)
    assert report.rows.count() == 2


def test_without_any_competitor_there_is_no_report(ae, client):
    Competitor.objects.all().delete()
    (words,) = refusal(quarterly.submit_quarterly, report=quarters.written(client, ae), by=ae)
    assert "no competitor yet" in words


def test_what_came_in_while_the_page_was_open_stays_chosen(client, rival, ae):
    report, shown = quarters.draft(client), see(rival, ae)
    row, later = report.rows.get(), see(rival, ae)
    rows = {row.pk: {"offered": [shown.pk], "chosen": []}}
    quarterly.edit_quarterly(report=report, typed={}, rows=rows, by=ae, at=IN_TIME)
    assert list(row.observations.all()) == [later]


# --- signatures ---------------------------------------------------------------------------------


@pytest.mark.rule("R48")
def test_two_sign_and_any_of_them_sends_it(client, rival, ae, am, ad):
    see(rival, ae)
    report = quarterly_issue.sign_quarterly(
        report=quarters.submitted(client, ae), by=am, at=IN_TIME
    )
    report = quarterly_issue.issue_quarterly(report=report, by=ae, at=IN_TIME)
    assert (report.number, report.document.kind) == ("LM/QR/2026/001", "quarterly_report")
    mail = Dispatch.objects.get().mail
    assert mail.subject == "LM: 市场及竞争季报 LM/QR/2026/001"
    told = Notification.objects.filter(kind="report_issued")
    assert {row.recipient for row in told} == {am, ad, client.group.head}


def test_nobody_signs_what_he_submitted_himself(client, rival, am):
    see(rival, am)
    report = quarters.submitted(client, am)
    assert refusal(quarterly_issue.sign_quarterly, report=report, by=am) == [
        "Whoever submitted the report does not sign it."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        QuarterlyReport.objects.filter(pk=report.pk).update(signed_by=am)


@pytest.mark.parametrize("role", ["ae", "finance", "management", "department"])
def test_signing_needs_the_right_on_the_client(client, rival, ae, role):
    see(rival, ae)
    report = quarters.submitted(client, ae)
    with pytest.raises(PermissionDenied):
        quarterly_issue.sign_quarterly(report=report, by=make_user(role=role), at=IN_TIME)


def test_the_managers_corrections_keep_the_first_signature(client, rival, ae, am):
    see(rival, ae)
    report = quarters.submitted(client, ae)
    rows = {report.rows.get().pk: {"message": "Fast, cheap, hot"}}
    report = quarterly.correct_quarterly(report=report, typed={}, rows=rows, by=am, at=IN_TIME)
    (row,) = report.corrections
    assert (report.state, row["about"], row["old"]) == (
        "submitted",
        "Gold Millet",
        FACTS["message"],
    )


def test_a_change_by_the_ae_drops_the_signatures(client, rival, ae, am):
    see(rival, ae)
    report = quarters.submitted(client, ae)
    report = quarterly.edit_quarterly(
        report=report, typed={"proposal": "Nothing at all to do"}, by=ae, at=IN_TIME
    )
    assert (report.state, report.submitted_at) == ("draft", None)


def test_late_it_wants_the_reason(client, rival, ae, am):
    see(rival, ae)
    report = quarters.submitted(client, ae)
    (words,) = refusal(quarterly_issue.sign_and_issue, report=report, by=am, at=LATE)
    assert words.startswith("Please give a reason")
    report = quarterly_issue.sign_and_issue(report=report, by=am, at=LATE, late_reason=WHY)
    assert (report.late_reason, report.is_late(LATE)) == (WHY, True)


def test_a_revision_takes_the_place_of_the_issued_one(client, rival, ae, am):
    seen = see(rival, ae)
    first = quarters.issued(client, ae, am)
    second = quarterly_issue.reissue_quarterly(report=first, reason=WHY, by=am, at=LATE)
    assert list(second.rows.get().observations.all()) == [seen]
    second = quarterly.submit_quarterly(report=second, by=ae, at=LATE)
    second = quarterly_issue.sign_and_issue(report=second, by=am, at=LATE)
    first.refresh_from_db()
    assert (first.state, second.number, second.revision) == ("superseded", first.number, 2)


def test_the_quarter_must_be_over_and_the_client_active(client):
    assert refusal(quarters.draft, client=client, at=when("2026-09-30 23:59")) == [
        "The quarter is not over yet."
    ]
    client.status = "resting"
    client.save()
    assert refusal(quarters.draft, client=client) == ["The client is not active."]
    assert not CompetitorRow.objects.exists()
