"""A contact report as it is typed: its own fields with the rows of points and actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import key_of
from agency.common.forms import VersionedForm
from agency.common.inputs import PeopleField, PersonField, long_text
from meetings.forms.rows import ActionFormSet, Lacking, PointForm, PointFormSet, job_key
from meetings.models import AgendaItem, ContactReport
from meetings.services.typed import PointData, ReportData

FORMSETS = ("points", "actions")
STEPS = {"up": -1, "down": 1}


class ReportForm(Lacking, VersionedForm, forms.Form):
    """Everything of a draft but its rows."""

    hide_optional = True
    returner = PersonField(label=_("Returner"), required=False)
    channel = forms.ChoiceField(label=_("Sent by"), choices=ContactReport.Channel)
    no_action = forms.BooleanField(label=_("No further action"), required=False)
    recipients = PeopleField(label=_("Recipients at the client"), required=False)
    readers = PeopleField(label=_("Readers in our house"), required=False)
    remark_internal = long_text(_("Internal remark"), rows=2)

    def __init__(self, *args, cast, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["returner"].offer(cast.contacts, [("", _("Choose")), *cast.contact_choices])
        self.fields["recipients"].offer(cast.contacts)
        self.fields["readers"].offer(cast.users)
        self.fields["remark_internal"].help_text = _("Never printed on the client's face.")


class Draft:
    """The forms of one page of a draft: is_valid(), data(), errors as one list.

    current: ReportData the page starts from; items: agenda items of its sit-down meeting.
    """

    def __init__(self, current, *, cast, items=(), jobs=None, row_version=0, data=None):
        self.report = ReportForm(
            data, cast=cast, row_version=row_version, initial=initial_of(current)
        )
        self.points = PointFormSet(
            data,
            prefix="points",
            initial=[PointForm.initial_of(row) for row in laid_out(current.points, items)],
            form_kwargs={"items": list(items), "jobs": jobs},
        )
        self.actions = ActionFormSet(
            data,
            prefix="actions",
            initial=[initial_action(row) for row in current.actions],
            form_kwargs={"cast": cast, "jobs": jobs},
        )
        self.moved = moved_row(data)
        self.is_checked = data is not None
        head_rows(self.points.forms)

    def is_valid(self):
        return all([self.report.is_valid(), self.points.is_valid(), self.actions.is_valid()])

    def data(self):
        """What was typed, as ReportData; rows moved by a button stand in their new order."""
        typed = {name: self.report.cleaned_data[name] for name in FIELDS}
        return ReportData(points=self.rows(self.points), actions=self.rows(self.actions), **typed)

    def rows(self, formset):
        prefix, number, step = self.moved
        return formset.swapped(number, step) if prefix == formset.prefix else formset.data_rows

    @property
    def row_version(self):
        return self.report.cleaned_data["row_version"]

    @property
    def summary(self):
        """[(id, label, message)] of every error, once the page was sent or checked."""
        if not self.is_checked:
            return []
        return [*self.report.summary, *rows_summary(self.points), *rows_summary(self.actions)]

    def refuse(self, error):
        """Put the reasons of a refused verb at their fields."""
        self.show(error.reasons)

    def show(self, reasons, all_of_it=True):
        """Put what stands between the draft and issue at its fields (R18, R19).

        Of a page just opened only what concerns a row that is there: an empty page is not at fault.
        """
        self.is_checked = self.is_checked or all_of_it
        for where, message in reasons:
            form, name = self.find(where)
            if all_of_it or form is not self.report:
                form.lack(name, str(message))

    def find(self, where):
        """(form, field) of a reason like "points-2-solution"; else the report's own form."""
        prefix, _dash, rest = where.partition("-")
        position, _dash, name = rest.partition("-")
        if prefix in FORMSETS and position.isdecimal():
            rows = self.standing_rows(getattr(self, prefix))
            number = int(position) - 1
            if number < len(rows) and name in rows[number].fields:
                return rows[number], name
        return self.report, where if where in self.report.fields else None

    def standing_rows(self, formset):
        """The forms in the order of the rows: as typed, or as read from the database."""
        return [form for form, _row in formset.kept] if formset.is_bound else formset.forms

    def take_over(self, row_version):
        """Let the next save of this page stand over what somebody else stored meanwhile."""
        self.report.data = self.report.data.copy()
        self.report.data["row_version"] = row_version

    def typed(self):
        """[(label, text)] of everything typed, for a page that must not lose it (C7)."""
        rows = [pair for formset in (self.points, self.actions) for pair in typed_rows(formset)]
        return [*rows, *self.report.typed()]

    @property
    def told_position(self):
        """The position of the opinion whose "Tell management now" was pressed; 0 for none."""
        number = self.points.data.get("tell", "")
        return self.points.position_of(int(number)) if number.isdecimal() and len(number) < 5 else 0

    @property
    def anchor(self):
        """Where the page comes back to after a row was moved."""
        prefix, number, step = self.moved
        return f"#{prefix}-{max(number + step, 0)}" if prefix else ""


FIELDS = ("returner", "channel", "no_action", "recipients", "readers", "remark_internal")


def laid_out(points, items):
    """Points item by item, and an empty row for an item that has none yet."""
    places = {item.pk: number for number, item in enumerate(items)}
    held = {row.item.pk for row in points if row.item}
    rows = [*points, *(PointData(item=item) for item in items if item.pk not in held)]
    return sorted(rows, key=lambda row: places.get(row.item.pk if row.item else None, len(places)))


def head_rows(forms_):
    """Give the first row of each agenda item its heading and badges."""
    before = None
    for form in forms_:
        item = form.items.get(str(form["item"].value() or ""))
        if item is not None and item.pk != before:
            form.heading = item.title
            form.marks = badges_of(item)
        before = item.pk if item else None


def badges_of(item, is_over=True):
    """[(word, tone)] of an agenda item; what came of it once the meeting is over."""
    found = []
    if item.source == AgendaItem.Source.CLIENT:
        found.append((item.get_source_display(), "accent"))
    if item.is_disputed:
        found.append((_("Disputed"), ""))
    if not is_over:
        return found
    tone = "red" if item.outcome == AgendaItem.Outcome.OPEN else "green"
    return [*found, (item.get_outcome_display(), tone)]


def initial_of(current):
    return {
        "returner": key_of(current.returner),
        "channel": current.channel,
        "no_action": current.no_action,
        "recipients": [key_of(person) for person in current.recipients or ()],
        "readers": [key_of(person) for person in current.readers or ()],
        "remark_internal": current.remark_internal,
    }


def initial_action(row):
    owner = key_of(row.user or row.contact)
    return {
        "pk": row.pk, "text": row.text, "owner": owner, "due_on": row.due_on,
        "job": job_key(row.job),
    }  # fmt: skip


def moved_row(data):
    """(prefix, row of the page, step) of a pressed "up" or "down", which works without script."""
    prefix, _dash, rest = (data or {}).get("move", "").partition("-")
    number, _dash, way = rest.partition("-")
    if prefix in FORMSETS and number.isdecimal() and len(number) < 5 and way in STEPS:
        return prefix, int(number), STEPS[way]
    return "", 0, 0


def rows_summary(formset):
    rows = [("", "", message) for message in formset.non_form_errors()]
    for number, form in enumerate(formset.forms, 1):
        rows += [(where, f"{label} {number}", text) for where, label, text in form.summary]
    return rows


def typed_rows(formset):
    for number, form in enumerate(formset.forms, 1):
        if form.has_changed():
            yield from ((f"{label} {number}", text) for label, text in form.typed())


def named_jobs(current):
    """Jobs that a draft names already: they stay choosable though they have ended."""
    return [row.job for row in (*current.points, *current.actions) if row.job]


def named_people(current):
    """Everybody a draft names already: they stay choosable though they have left."""
    owners = [row.user or row.contact for row in current.actions]
    return [*owners, current.returner, *(current.recipients or ()), *(current.readers or ())]


class LateForm(VersionedForm, forms.Form):
    """Why it is late; the verb checks the reason (R24, Z16)."""

    late_reason = forms.CharField(
        label=_("Reason for being late"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
