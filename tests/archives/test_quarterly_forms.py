"""The one page on which a quarterly report is written: what it shows, takes and keeps (R49)."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from archives.forms.quarterly import QuarterForm, QuarterlyForm, said
from archives.models import Competitor, QuarterlyReport
from archives.reports.quarterly import to_choose
from archives.services import quarterly
from archives.services.quarterly_gaps import field_of, gaps
from tests.archives import quarters
from tests.archives.quarters import FACTS, IN_TIME, TEXTS, WHY, refusal, see
from tests.builders import from_kept
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R49")]
customer, brand, rival, ae, am, film, report = from_kept(
    "customer", "brand", "rival", "ae", "am", "film", "report"
)


def make_kept():
    """A draft with one competitor, of whom one film was seen."""
    world = quarters.make_world()
    film = see(world["rival"], world["ae"])
    report = quarters.draft(world["client"])
    return {**world, "customer": world["client"], "film": film, "report": report}


def form_of(report, **typed):
    """The form as it would come back, what is not said as it was shown."""
    rows = to_choose(report)
    empty = QuarterlyForm(rows=rows, row_version=report.row_version)
    shown = {bound.html_name: bound.value() for bound in empty if bound.value() is not None}
    return QuarterlyForm({**shown, **typed}, rows=rows, row_version=report.row_version)


def facts_of(form):
    assert form.is_valid(), form.errors
    (facts,) = form.facts().values()
    return facts


def name(report, field):
    return field_of(report.rows.get(), field)


# --- what it shows ------------------------------------------------------------------------------


def test_a_section_for_each_competitor(report, rival):
    form = QuarterlyForm(rows=to_choose(report), row_version=0)
    ((row, fields, has_seen),) = form.sections
    assert (row.competitor, has_seen) == (rival, True)
    assert list(fields) == [
        *("nothing_seen", "campaign", "media", "message", "spend", "chosen", "offered"),
    ]


def test_it_begins_with_what_is_stored(report, film):
    row = report.rows.get()
    row.campaign, row.nothing_seen = "Summer", True
    row.save()
    facts = facts_of(form_of(report))
    assert (facts["campaign"], facts["nothing_seen"]) == ("Summer", True)
    assert (facts["chosen"], facts["offered"]) == ([film.pk], [film.pk])
    assert facts["spend"] == D("1200000.00")


def test_each_observation_in_one_line(film, rival, ae):
    assert said(film).endswith("New film on air (CCTV-1) · Film, still")
    assert said(see(rival, ae, paper=False)).endswith("New film on air (CCTV-1)")


def test_only_those_of_the_competitor_and_the_quarter(report, brand, rival, ae, film):
    other = Competitor.objects.create(brand=brand, name="Rice King")
    see(other, ae)
    see(rival, ae, on=IN_TIME.date())
    chosen = {row.competitor.name: seen for row, seen in to_choose(report)}
    assert chosen["Gold Millet"] == [film]


def test_one_chosen_once_stays_to_choose(report, rival, ae, film):
    early = see(rival, ae, on=quarters.SEEN_ON.replace(month=5))
    report.rows.get().observations.add(early)
    ((_row, seen),) = to_choose(report)
    assert set(seen) == {film, early}


# --- what it takes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("campaign", "  Summer ", "Summer"),
        ("media", "TV\r\nprint", "TV\nprint"),
        ("message", "", ""),
        ("spend", "12.5", D("12.50")),
        ("spend", "", None),
        ("spend", "0", D("0")),
    ],
)
def test_a_fact_is_taken_as_typed(report, ae, field, typed, stored):
    form = form_of(report, **{name(report, field): typed})
    facts = facts_of(form)
    rows = {report.rows.get().pk: facts}
    quarterly.edit_quarterly(report=report, typed={}, rows=rows, by=ae, at=IN_TIME)
    found = getattr(report.rows.get(), field)
    assert (found.replace("\r\n", "\n") if isinstance(found, str) else found) == stored


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("campaign", "x" * 4001),
        ("campaign", "a\x00b"),
        ("spend", "-0.01"),
        ("spend", "1e99"),
        ("spend", "NaN"),
        ("spend", "a lot"),
        ("chosen", ["999999"]),
        ("chosen", ["x"]),
    ],
)
def test_what_cannot_be_is_said_at_the_competitors_field(report, field, typed):
    form = form_of(report, **{name(report, field): typed})
    assert not form.is_valid()
    assert list(form.errors) == [name(report, field)]


@pytest.mark.parametrize("typed", ["", "x", "1,x,2", "-5", "9" * 40, "1;2", "٣"])
def test_offered_takes_numbers_alone(report, typed):
    facts = facts_of(form_of(report, **{name(report, "offered"): typed}))
    assert all(isinstance(key, int) for key in facts["offered"])
    assert len(facts["offered"]) <= 2


def test_all_parts_may_stay_empty_in_a_draft(report):
    form = form_of(report)
    assert form.is_valid()
    assert form.texts() == dict.fromkeys((*TEXTS, "note_internal"), "")


@pytest.mark.parametrize("part", ["market", "meaning", "proposal", "note_internal"])
def test_a_part_is_kept(report, ae, part):
    form = form_of(report, **{part: "Said in so many words"})
    assert form.is_valid()
    quarterly.edit_quarterly(report=report, typed=form.texts(), by=ae, at=IN_TIME)
    assert getattr(QuarterlyReport.objects.get(), part) == "Said in so many words"


def test_unticked_it_leaves_the_report(report, ae, film):
    rows = {report.rows.get().pk: facts_of(form_of(report, **{name(report, "chosen"): []}))}
    quarterly.edit_quarterly(report=report, typed={}, rows=rows, by=ae, at=IN_TIME)
    assert not report.rows.get().observations.exists()
    assert type(film).objects.filter(pk=film.pk).exists()


def test_an_observation_of_another_competitor_is_never_taken(report, brand, ae, film):
    other = see(Competitor.objects.create(brand=brand, name="Rice King"), ae)
    row = report.rows.get(competitor__name="Gold Millet")
    rows = {row.pk: {"offered": [film.pk], "chosen": [film.pk, other.pk]}}
    quarterly.edit_quarterly(report=report, typed={}, rows=rows, by=ae, at=IN_TIME)
    assert list(row.observations.all()) == [film]


def test_a_row_of_another_report_is_never_written(report, ae, customer):
    second = quarters.draft(customer, quarter=2)
    foreign = second.rows.get()
    rows = {foreign.pk: {"campaign": "Not here"}}
    quarterly.edit_quarterly(report=report, typed={}, rows=rows, by=ae, at=IN_TIME)
    foreign.refresh_from_db()
    assert foreign.campaign == ""


# --- quarters to choose -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [("2026-2", (2026, 2)), ("2026-9", None), ("x", None), ("", None), ("2026-2-1", None)],
)
def test_a_quarter_is_chosen_from_those_offered(typed, found):
    form = QuarterForm({"quarter": typed}, quarters=[((2026, 2), "Q2 2026")])
    assert form.is_valid() is (found is not None)
    if found:
        assert form.cleaned_data["quarter"] == found


# --- what it lacks ------------------------------------------------------------------------------


@pytest.mark.parametrize("empty", ["", "   ", "short", "xxxxxxxxxxxxxxx"])
@pytest.mark.parametrize("part", ["market", "meaning", "proposal"])
def test_a_part_is_some_words(customer, ae, film, part, empty):
    report = quarters.written(customer, ae, **{part: empty})
    assert [field for field, _words in gaps(report)] == [part]


@pytest.mark.parametrize("fact", ["campaign", "media", "message", "spend"])
def test_each_fact_of_a_competitor_is_wanted(customer, ae, film, fact):
    report = quarters.written(customer, ae, facts={**FACTS, fact: None if fact == "spend" else ""})
    assert [field for field, _words in gaps(report)] == [field_of(report.rows.get(), fact)]


def test_an_estimate_of_nothing_is_one(customer, ae, film):
    assert gaps(quarters.written(customer, ae, facts={**FACTS, "spend": D(0)})) == []


def test_gaps_stand_in_the_order_of_the_paper(customer, report, film):
    fields = [field for field, _words in gaps(report)]
    row = report.rows.get()
    assert fields == ["market", *(field_of(row, one) for one in ("campaign", "media", "message")),
                      "meaning", "proposal"]  # fmt: skip


def test_the_page_of_the_draft_names_each(report, ae, sign_in):
    text = text_of(sign_in(ae).get(report.get_absolute_url()))
    for words in ("“the market” is empty.", "Gold Millet: “campaign” is empty."):
        assert words in text


def test_a_refused_correction_comes_back_with_its_words(customer, ae, am, film, sign_in):
    report = quarters.submitted(customer, ae)
    page, url = sign_in(am), reverse("archives:quarterly_update", args=[report.pk])
    form = page.get(url).context["form"]
    typed = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    answer = page.post(url, {**typed, "market": "", "meaning": "Kept as it was typed"})
    assert answer.status_code == 422
    assert "Kept as it was typed" in text_of(answer)
    assert QuarterlyReport.objects.get().market == TEXTS["market"]


@pytest.mark.parametrize("verb", ["sign", "issue"])
def test_before_its_time_no_reason_is_asked(customer, ae, am, film, sign_in, monkeypatch, verb):
    monkeypatch.setattr("agency.common.views.timezone.now", lambda: IN_TIME)
    report = quarters.submitted(customer, ae)
    if verb == "issue":
        QuarterlyReport.objects.update(state="signed", signed_by=am, signed_at=IN_TIME)
    url = reverse(f"archives:quarterly_{verb}", args=[report.pk])
    assert "late_reason" not in sign_in(am).get(url).context["form"].fields


def test_a_submitted_report_refused_for_good_words(customer, ae, am, film):
    report = quarters.submitted(customer, ae)
    words = refusal(quarterly.return_quarterly, report=report, reason="no", by=am)
    assert words == ["Please give a reason of at least 10 characters."]
    assert quarterly.return_quarterly(report=report, reason=WHY, by=am, at=IN_TIME).is_draft
