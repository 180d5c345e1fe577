"""The page that plans a sit-down meeting: head, people, agenda items in their order (R1, R2)."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import key_of
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import LINE, PersonField, long_text
from meetings.constants import SERIES_LONGEST
from meetings.forms.meeting import TimesForm, urgent_field
from meetings.forms.report import STEPS, rows_summary
from meetings.forms.rows import name_widgets, offer_jobs
from meetings.models import AgendaItem, Meeting
from meetings.services.series import DayOff, Rhythm
from meetings.services.typed import ItemData, MeetingData, PersonData

SIT_DOWN = [(kind.value, kind.label) for kind in (Meeting.Kind.FACE, Meeting.Kind.VIDEO)]
MOST_PEOPLE, MOST_ITEMS = 60, 60


class PlanForm(TimesForm):
    """The head of a sit-down meeting."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SIT_DOWN)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Meeting.Purpose)
    title = forms.CharField(label=_("Title"), max_length=LINE)
    objective = long_text(_("Objective"))
    place = forms.ChoiceField(label=_("Place"), choices=Meeting.Place)
    address = forms.CharField(label=_("Where exactly"), required=False, max_length=200)
    chair = PersonField(label=_("Chair"), required=False)
    urgent_by = urgent_field()
    is_arranged = forms.BooleanField(required=False, widget=forms.HiddenInput)

    field_order = (
        "title", "kind", "purpose", "objective", "starts_at", "planned_end", "place", "address",
        "chair", "urgent_by",
    )  # fmt: skip

    def __init__(self, *args, cast, fixed_times=False, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("The most senior of ours")), *cast.user_choices]
        self.fields["chair"].offer(cast.users, choices)
        if fixed_times:
            del self.fields["urgent_by"]  # who asked for it is said when it is moved
            self.fields["starts_at"].disabled = self.fields["planned_end"].disabled = True


class NewPlanForm(KeyedForm, PlanForm):
    """A first plan; it may be that of a whole series."""

    rhythm = forms.ChoiceField(
        label=_("Again"), required=False, choices=[("", _("Once only")), *Rhythm.choices]
    )
    count = forms.IntegerField(
        label=_("How many in all"), required=False, min_value=2, max_value=SERIES_LONGEST
    )
    day_off = forms.ChoiceField(
        label=_("On a day off"), required=False, choices=DayOff.choices, initial=DayOff.SKIP
    )

    def clean(self):
        typed = super().clean()
        if typed.get("rhythm") and "count" in typed and typed["count"] is None:
            self.add_error("count", _("Say how many meetings the series has."))
        return typed

    @property
    def series(self):
        """What makes a series of it, or None."""
        typed = self.cleaned_data
        if not typed["rhythm"]:
            return None
        names = ("rhythm", "count", "day_off")
        return {name: typed[name] for name in names} | {"day_off": typed["day_off"] or DayOff.SKIP}


class ChangePlanForm(VersionedForm, PlanForm):
    pass


class PersonForm(StyledForm, forms.Form):
    """An attendee; of ours with a task (R1)."""

    person = PersonField(label=_("Who"), required=False)
    task = forms.CharField(label=_("Task"), required=False, max_length=200)

    def __init__(self, *args, cast, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(cast.people, cast.owner_choices)
        name_widgets(self, "person", "task")

    def data_row(self):
        person = self.cleaned_data.get("person")
        side = "contact" if key_of(person).startswith("c") else "user"
        return PersonData(**{side: person}, task=self.cleaned_data.get("task", ""))

    def is_blank(self):
        return self.cleaned_data.get("person") is None

    def clean(self):
        typed = super().clean()
        if typed.get("task") and "person" in typed and typed["person"] is None:
            self.add_error("person", _("Choose who has this task."))
        return typed


class ItemForm(StyledForm, forms.Form):
    """An agenda item: what, how many minutes, who speaks."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Item"), required=False, max_length=200)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=24 * 60, initial=10)
    speaker = PersonField(label=_("Speaker"), required=False)
    is_client = forms.BooleanField(label=_("Client topic"), required=False)
    is_disputed = forms.BooleanField(label=_("Disputed"), required=False)
    job = PersonField(label=_("Job"), required=False)
    place = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)

    begins_at = None

    def __init__(self, *args, cast, known=None, jobs=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known or {}
        self.fields["speaker"].offer(cast.people, cast.owner_choices)
        offer_jobs(self, jobs)
        name_widgets(self, "title", "minutes", "speaker", "job")

    @property
    def before(self):
        """The row it stands for, or None for a new one."""
        key = self["pk"].value()
        return self.known.get(int(key)) if str(key or "").isdecimal() else None

    @property
    def asked_by(self):
        """Who of the client asked for it: then it is postponed, not taken away (R4)."""
        return self.before.asked_by if self.before and self.before.asked_by_id else None

    def data_row(self):
        typed = self.cleaned_data
        before = self.known.get(typed.get("pk"))
        return ItemData(
            title=typed["title"],
            minutes=typed["minutes"],
            speaker=typed["speaker"],
            is_disputed=typed["is_disputed"],
            source=source_of(before, typed["is_client"]),
            pk=before.pk if before else None,
            carried_from=before.carried_from if before else None,
            job=typed["job"],
        )

    def is_blank(self):
        return not self.cleaned_data.get("title", "").strip()


def source_of(before, is_client):
    """A carried item stays one unless the client makes it a topic of his own."""
    if is_client:
        return AgendaItem.Source.CLIENT
    carried = before is not None and before.source == AgendaItem.Source.CARRIED
    return AgendaItem.Source.CARRIED if carried else AgendaItem.Source.US


class PlanRows(forms.BaseFormSet):
    """Rows of a plan; blank ones and those taken away are dropped."""

    @property
    def data_rows(self):
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        kept = [form for form in kept if not form.is_blank()]
        return [form.data_row() for form in sorted(kept, key=place_of)]


def place_of(form):
    """Where the row was put on the page; the others stay behind in the order they came."""
    place = form.cleaned_data.get("place")
    return (place is None, place or 0)


def moved_item(data):
    """The data with two neighbours changed over, as an arrow asks; None without one."""
    number, _dash, way = data.get("move", "").removeprefix("items-").partition("-")
    total = data.get("items-TOTAL_FORMS", "")
    if not (number.isdecimal() and total.isdecimal() and way in STEPS):
        return None
    here, there = int(number), int(number) + STEPS[way]
    data = data.copy()
    if 0 <= there < int(total) <= MOST_ITEMS and here < int(total):
        for name in {*ItemForm.base_fields, "DELETE"} - {"place"}:
            _change_over(data, f"items-{here}-{name}", f"items-{there}-{name}")
    data["is_arranged"] = "on"
    return data


def _change_over(data, one, other):
    first, second = data.pop(one, None), data.pop(other, None)
    for name, values in ((one, second), (other, first)):
        if values is not None:
            data.setlist(name, values)


def plan_formset(form, extra, most):
    return forms.formset_factory(
        form,
        formset=PlanRows,
        extra=extra,
        can_delete=True,
        max_num=most,
        absolute_max=most + 50,
        validate_max=True,
    )


PersonFormSet = plan_formset(PersonForm, extra=1, most=MOST_PEOPLE)
ItemFormSet = plan_formset(ItemForm, extra=1, most=MOST_ITEMS)


class PlanPage:
    """All forms of the page that plans a meeting or changes the plan."""

    def __init__(
        self, form_class, *, cast, initial, people, items, known=(), jobs=None, data=None, **kwargs
    ):
        self.form = form_class(data, cast=cast, initial=initial, **kwargs)
        self.people = PersonFormSet(
            data, prefix="people", initial=people, form_kwargs={"cast": cast}
        )
        rows = {"cast": cast, "known": {item.pk: item for item in known}, "jobs": jobs}
        self.items = ItemFormSet(data, prefix="items", initial=items, form_kwargs=rows)
        if data is None and initial.get("starts_at"):
            self.run_clock(initial["starts_at"])

    def run_clock(self, clock):
        """When each item begins; the script does it again as one types."""
        for row in self.items.initial_forms:
            row.begins_at = clock
            clock += timedelta(minutes=row.initial["minutes"])

    def is_valid(self):
        valid = [self.form.is_valid(), self.people.is_valid(), self.items.is_valid()]
        return all([*valid, all(valid) and self.nobody_twice()])

    def nobody_twice(self):
        named = [row.user or row.contact for row in self.people.data_rows]
        if len(set(named)) == len(named):
            return True
        self.form.add_error(None, _("Somebody is listed twice among the attendees."))
        return False

    def data(self, propose_items=False):
        """MeetingData; without items typed, a new plan gets what was carried over (R14)."""
        typed = self.form.cleaned_data
        head = {name: typed[name] for name in HEAD if name in typed}
        items = self.items.data_rows
        return MeetingData(
            people=self.people.data_rows,
            items=None if propose_items and not items else items,
            **head,
        )

    @property
    def summary(self):
        rows = [*rows_summary(self.people), *rows_summary(self.items)]
        return [*self.form.summary, *rows] if self.form.is_bound else []

    def typed(self):
        rows = [
            pair for rows in (self.people, self.items) for form in rows for pair in form.typed()
        ]
        return [*self.form.typed(), *rows]


HEAD = (
    "kind",
    "title",
    "starts_at",
    "planned_end",
    "objective",
    "purpose",
    "place",
    "address",
    "chair",
    "urgent_by",
    "is_arranged",
)
