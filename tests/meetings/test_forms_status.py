"""What is typed into a weekly report: what counts as typed, and what each form asks (R31, R32)."""

from datetime import date

import pytest
from django.http import QueryDict

from accounts.forms.cast import Cast
from meetings.forms import status as forms
from tests.builders import from_kept, make_client, make_contact, make_user
from tests.meetings.status_rows import THURSDAY, add_line, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.rule("C7")]
report, cast, ae, contact = from_kept("report", "cast", "ae", "contact")


def make_kept():
    ae = make_user("ae")
    client = make_client("LM", team=[ae])
    contact = make_contact(client)
    report = make_status(client, summary="A week of proofs\nand one film")
    add_line(report, "Poster", source_key="job:1", next_user=ae)
    add_line(report, "Fair stand", source_key="free:1", current="Asked\nfor an offer")
    return {"report": report, "cast": Cast(client, THURSDAY, me=ae), "ae": ae, "contact": contact}


def line(report, title="Poster"):
    return report.lines.get(title=title)


def sent(row, cast, changes=None, **kwargs):
    """The form as a browser sends it back, with some fields changed."""
    blank = forms.LineForm(row, cast=cast, **kwargs)
    data = QueryDict(mutable=True)
    for bound in blank:
        data[bound.html_name] = as_sent(bound.value())
    data.update({f"line-{row.pk}-{name}": value for name, value in (changes or {}).items()})
    form = forms.LineForm(row, data=data, cast=cast, **kwargs)
    assert form.is_valid(), form.errors
    return form


def as_sent(value):
    """Browsers send line breaks of their own kind, and no empty tick."""
    return "" if value is None or value is False else str(value).replace("\n", "\r\n")


# --- was anything typed? ------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Poster", "Fair stand"])
def test_what_comes_back_as_it_was_shown_is_not_typed(report, cast, title):
    assert not sent(line(report, title), cast).is_touched


@pytest.mark.parametrize("is_daily", [False, True])
def test_nor_on_the_page_of_the_day(report, cast, is_daily):
    assert not sent(line(report, "Fair stand"), cast, is_daily=is_daily).is_touched


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("current", "Third draft"),
        ("next_step", "Print it"),
        ("next_on", "2026-12-24"),
        ("next_by", ""),
        ("section", "media"),
    ],
)
def test_each_field_that_is_changed_counts(report, cast, name, value):
    assert sent(line(report), cast, {name: value}).is_touched


def test_the_end_of_a_free_line_counts_too(report, cast):
    form = sent(line(report, "Fair stand"), cast, {"is_over": "on"})
    assert form.is_touched


def test_blanks_at_the_ends_are_nothing_new(report, cast):
    row = line(report)
    assert not sent(row, cast, {"current": f"  {row.current}\r\n"}).is_touched


# --- what is asked ------------------------------------------------------------------------------


def test_the_title_of_what_lives_is_not_to_be_typed(report, cast):
    assert not {"title", "is_over"} & set(forms.LineForm(line(report), cast=cast).fields)
    free = forms.LineForm(line(report, "Fair stand"), cast=cast).fields
    assert {"title", "is_over"} < set(free)


def test_who_corrects_confirms_nothing_as_unchanged(report, cast):
    assert "reason" not in forms.LineForm(line(report), cast=cast, corrects=True).fields


def test_each_day_asks_for_no_section(report, cast):
    asked = set(forms.LineForm(line(report), cast=cast, is_daily=True).fields)
    assert asked == {"current", "next_step", "next_by", "next_on", "reason", "version", "was"}


def test_a_contact_and_one_of_ours_go_to_their_own_side(report, cast, ae, contact):
    ours = sent(line(report), cast).values()
    assert (ours["next_user"], ours["next_contact"]) == (ae, None)
    theirs = sent(line(report), cast, {"next_by": f"c{contact.pk}"}).values()
    assert (theirs["next_user"], theirs["next_contact"]) == (None, contact)


def test_the_values_are_those_of_the_verb(report, cast):
    values = sent(line(report), cast, {"next_on": "2026-12-24"}).values()
    assert values["next_on"] == date(2026, 12, 24)
    assert set(values) == {
        "section", "current", "next_step", "next_on", "next_user", "next_contact"
    }  # fmt: skip


def test_a_stranger_is_nobody_to_choose(report, cast):
    form = forms.LineForm(
        row := line(report), cast=cast, data={f"line-{row.pk}-next_by": "u999999"}
    )
    assert not form.is_valid()
    assert "next_by" in form.errors


@pytest.mark.rule("C7")
def test_a_conflict_keeps_the_words_and_takes_the_version(report, cast):
    form = sent(line(report), cast, {"current": "Mine"})
    theirs = line(report)
    theirs.row_version = 9
    form.take_over(theirs)
    assert (form["current"].value(), form["version"].value()) == ("Mine", 9)
    assert form.theirs is theirs


# --- the summary --------------------------------------------------------------------------------


def summary_of(report, text, shown=None):
    shown = shown or forms.SummaryForm(report)["summary_was"].value()
    data = QueryDict(mutable=True)
    data.update({"summary": text, "summary_was": shown})
    form = forms.SummaryForm(report, data)
    assert form.is_valid()
    return form


def test_the_summary_as_shown_is_not_typed(report):
    assert not summary_of(report, report.summary.replace("\n", "\r\n")).is_touched
    assert summary_of(report, "Another week").is_touched


def test_a_summary_over_another_ones_is_a_conflict(report):
    shown = forms.SummaryForm(report)["summary_was"].value()
    report.summary = "Theirs"
    assert summary_of(report, "Mine", shown).is_stale
    assert not summary_of(report, "Theirs", shown).is_touched


def test_after_a_conflict_the_summary_replaces(report):
    shown = forms.SummaryForm(report)["summary_was"].value()
    report.summary = "Theirs"
    form = summary_of(report, "Mine", shown)
    form.take_over(report)
    again = summary_of(report, "Mine", form["summary_was"].value())
    assert (again.is_touched, again.is_stale) == (True, False)


# --- verbs --------------------------------------------------------------------------------------


@pytest.mark.rule("R32")
def test_signing_asks_for_what_is_needed_alone(report):
    plain = forms.SignForm(row_version=1)
    assert set(plain.fields) == {"row_version"}
    asked = forms.SignForm(row_version=1, late=True, much=True, seen=[line(report)])
    assert set(asked.fields) == {
        "row_version", "copy_note", "late_reason", f"seen_{line(report).pk}"
    }  # fmt: skip


def test_ticked_are_the_lines_with_a_tick(report):
    rows = [line(report), line(report, "Fair stand")]
    data = {"row_version": 1, f"seen_{rows[0].pk}": "on"}
    form = forms.SignForm(data, row_version=1, seen=rows)
    assert form.is_valid()
    assert form.ticked == rows[:1]


def test_the_tick_names_the_line_and_how_long_it_says_the_same(report):
    row = line(report)
    row.unchanged_run = 3
    field = forms.SignForm(row_version=1, seen=[row]).fields[f"seen_{row.pk}"]
    assert str(field.label) == "Seen: “Poster” is unchanged, week 3 running"


def test_what_is_typed_freely_is_taken_out_without_a_reason():
    assert "reason" not in forms.RemoveForm(row_version=1, is_free=True).fields
    assert "reason" in forms.RemoveForm(row_version=1, is_free=False).fields


def test_only_weeks_without_a_report_can_be_drafted():
    weeks = [(date(2026, 11, 23), "23 Nov 2026")]
    assert forms.WeekForm({"week": "2026-11-23"}, weeks=weeks).is_valid()
    assert not forms.WeekForm({"week": "2026-11-16"}, weeks=weeks).is_valid()


@pytest.mark.parametrize("name", ["since", "until"])
def test_a_period_is_of_our_calendar(ae, name):
    assert not forms.StatusFilter({name: "0001-01-01"}, user=ae).is_valid()
    assert forms.StatusFilter({name: "2026-11-23"}, user=ae).is_valid()


def test_a_foreign_client_cannot_be_asked_for(ae):
    foreign = make_client("XY")
    assert not forms.StatusFilter({"client": foreign.pk}, user=ae).is_valid()
