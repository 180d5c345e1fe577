"""What is typed into a weekly status report: its lines, and what its verbs ask."""

import hashlib
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.cast import key_of
from agency.common.forms import INCOMPLETE, StyledForm, VerbForm, VersionedForm
from agency.common.inputs import LINE, DayField, PersonField, long_text
from archives.forms.signed import SignedFilter
from meetings.models import StatusLine

SHOWN = ("section", "title", "current", "next_step", "next_by", "next_on", "is_over")


class LineFields(StyledForm, forms.Form):
    """Where a piece of work stands, what comes next, who, by when."""

    hide_optional = True  # a draft is kept as it is; what it lacks is said beside it
    title = forms.CharField(label=pgettext_lazy("status report", "Work"), max_length=LINE)
    section = forms.ChoiceField(label=_("Section"), choices=StatusLine.Section)
    current = long_text(_("Where it stands"), rows=3)
    next_step = long_text(_("What comes next"), rows=2)
    next_by = PersonField(label=_("Who"), required=False)
    next_on = DayField(label=_("By when"), required=False)

    def __init__(self, *args, cast, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["next_by"].offer(cast.people, cast.owner_choices)

    def values(self):
        """{field of a line: value} of what was typed."""
        typed = {name: self.cleaned_data[name] for name in self.fields if name in WRITTEN}
        person = self.cleaned_data["next_by"]
        side = "next_contact" if hasattr(person, "address_as") else "next_user"
        return {**typed, "next_user": None, "next_contact": None, side: person}


WRITTEN = ("title", "section", "current", "next_step", "next_on")


class NewLineForm(VersionedForm, LineFields):
    """A line of its own, for work without job, paper or action point."""


class LineForm(LineFields):
    """One line of a report among others: knows whether anything was typed at all.

    `was` is what the page showed, as a hash: what a person left alone is not saved, though
    another has changed it meanwhile.
    """

    is_over = forms.BooleanField(label=_("The work is done"), required=False)
    reason = long_text(_("Why nothing changed"), rows=1)
    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": INCOMPLETE})
    was = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    theirs = None

    def __init__(self, line, *args, corrects=False, is_daily=False, **kwargs):
        self.line = line
        super().__init__(*args, **{"prefix": f"line-{line.pk}", **kwargs})
        self.fields["title"].required = False
        unasked = ["reason"] * corrects + ["title", "section"] * is_daily
        unasked += ["title", "is_over"] * (not line.is_free)
        for name in set(unasked):
            del self.fields[name]
        self.initial = self.initial_of(line)

    def initial_of(self, line):
        found = {
            **{name: getattr(line, name) for name in WRITTEN},
            "next_by": line.next_by, "is_over": line.ended_on is not None,
        }  # fmt: skip
        was = stamp({name: value for name, value in found.items() if name in self.fields})
        return {**found, "next_by": key_of(line.next_by), "version": line.row_version, "was": was}

    @property
    def is_touched(self):
        """Something else is sent than was shown."""
        return stamp(self.cleaned_data) != self.cleaned_data["was"]

    def take_over(self, line):
        """Keep what was typed, beside what is stored now: sent again it replaces that (C7)."""
        self.theirs = line
        self.data = {**self.data.dict(), self.add_prefix("version"): line.row_version}


def stamp(values):
    """The same for the same words, whatever line breaks a browser sends."""
    parts = [_plain(values.get(name)) for name in SHOWN]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _plain(value):
    if value in (None, False, ""):
        return ""
    if value is True:
        return "yes"
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return value.isoformat() if isinstance(value, date) else key_of(value)


class SummaryForm(StyledForm, forms.Form):
    """The words above the sections; the version of the report rises with each of its lines."""

    hide_optional = True
    summary = long_text(_("The week in short, for the client"), rows=2)
    summary_was = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    theirs = None

    def __init__(self, report, *args, **kwargs):
        self.stored = stamp({"current": report.summary})
        initial = {"summary": report.summary, "summary_was": self.stored}
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def is_touched(self):
        typed = stamp({"current": self.cleaned_data["summary"]})
        return typed not in (self.cleaned_data["summary_was"], self.stored)

    @property
    def is_stale(self):
        return self.cleaned_data["summary_was"] != self.stored

    def take_over(self, report):
        self.theirs = report
        self.data = {**self.data.dict(), "summary_was": self.stored}


class EmptyForm(VersionedForm, forms.Form):
    """Why a section has no work (R28)."""

    reason = long_text(_("Why there is no work in this section, for the client"), rows=2)


class RemoveForm(VerbForm):
    """Asked why, where something that lives is taken out."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )

    def __init__(self, *args, is_free, **kwargs):
        super().__init__(*args, **kwargs)
        if is_free:
            del self.fields["reason"]


class SignForm(VerbForm):
    """Ticks for what is unchanged again, the sentence why so much is, the reason of lateness."""

    hide_optional = True
    copy_note = long_text(_("Why more than half of the lines are unchanged (internal)"))
    late_reason = long_text(_("Late reason (internal)"))

    def __init__(self, *args, late=False, much=False, seen=(), **kwargs):
        super().__init__(*args, **kwargs)
        wanted = {"copy_note": much, "late_reason": late}
        for name in (name for name, is_asked in wanted.items() if not is_asked):
            del self.fields[name]
        self.ticks = {f"seen_{line.pk}": line for line in seen}
        for name, line in self.ticks.items():
            label = _("Seen: “%(line)s” is unchanged, week %(run)s running") % {
                "line": line.title, "run": line.unchanged_run,
            }  # fmt: skip
            self.fields[name] = forms.BooleanField(
                label=label, required=False, widget=forms.CheckboxInput
            )

    @property
    def ticked(self):
        return [line for name, line in self.ticks.items() if self.cleaned_data[name]]


class WeekForm(StyledForm, forms.Form):
    """weeks: [(Monday, words)] without a report."""

    week = forms.TypedChoiceField(label=_("Week"), coerce=date.fromisoformat)

    def __init__(self, *args, weeks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["week"].choices = [(f"{day:%Y-%m-%d}", words) for day, words in weeks]


class StatusFilter(SignedFilter):
    # Figures open first revisions, those due, those with an unchanged line.
    is_first = forms.BooleanField(required=False, widget=forms.HiddenInput)
    is_due = forms.BooleanField(required=False, widget=forms.HiddenInput)
    is_unchanged = forms.BooleanField(required=False, widget=forms.HiddenInput)
