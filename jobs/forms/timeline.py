"""What is typed into a timeline: how it begins, its rows, progress, publishing, templates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import Cast
from accounts.forms.guest import GuestForm
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import LINE, DayField, PeopleField, PersonField, long_text
from jobs.forms.rows import RowForm, WithRows
from jobs.models import Milestone, Supplier, TimelineTemplate
from jobs.models.timeline import Owner

DAYS_MOST = 400
NOTE = 400
ROW_LABELS = (
    "name", "name_en", "starts_on", "due_on", "owner", "who", "needs", "effect_if_late",
    "slip_cause", "slip_note", "internal_note",
)  # fmt: skip


def label_fields(form, names):
    """Fields of a row stand without labels: their names are said to screen readers."""
    for name in names:
        field = form.fields[name]
        field.widget.attrs["aria-label"] = field.label
        if isinstance(field.widget, forms.TextInput):
            field.widget.attrs.setdefault("placeholder", field.label)


def note(label):
    """A short text in one line of a row."""
    return forms.CharField(label=label, required=False, max_length=NOTE)


class PlanCast(Cast):
    """The people of a client, and the suppliers we work with."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.suppliers = {f"s{row.pk}": row for row in Supplier.objects.active()}

    @property
    def people(self):
        return {**super().people, **self.suppliers}

    @property
    def plan_choices(self):
        suppliers = [(key, str(row)) for key, row in self.suppliers.items()]
        _head, *groups = self.owner_choices
        return [("", _("Nobody named")), *groups, (_("Suppliers"), suppliers)]


class StartForm(StyledForm, forms.Form):
    """How the draft begins."""

    template = forms.ModelChoiceField(
        TimelineTemplate.objects.all(), label=_("Begin with"), required=False
    )

    def __init__(self, *args, has_current, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].empty_label = (
            _("A copy of the version in force") if has_current else _("An empty plan")
        )
        self.fields["template"].help_text = _(
            "A template counts back from the job's due date over working days."
        )


class MilestoneForm(RowForm, StyledForm, forms.Form):
    """One row of the plan."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Step"), max_length=LINE, required=False)
    name_en = forms.CharField(label=_("Step in English"), max_length=LINE, required=False)
    starts_on = DayField(label=_("From"), required=False, widget=forms.DateInput)
    due_on = DayField(label=_("Due"), required=False, widget=forms.DateInput)
    owner = forms.ChoiceField(label=_("Owner"), choices=Owner.choices, initial=Owner.ACCOUNT)
    who = PersonField(label=_("Who"), required=False)
    client_visible = forms.BooleanField(label=_("Client sees it"), required=False)
    needs = note(_("What the client provides"))
    effect_if_late = note(_("What slips if late"))
    slip_cause = forms.ChoiceField(
        label=_("Cause of the slip"), choices=Milestone.SlipCause.choices, required=False
    )
    slip_note = note(_("Words on the slip"))
    internal_note = note(_("Internal note"))

    def __init__(self, *args, cast, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].offer(cast.people, cast.plan_choices)
        label_fields(self, ROW_LABELS)

    def clean_slip_cause(self):
        return self.cleaned_data["slip_cause"] or Milestone.SlipCause.NONE

    def clean(self):
        typed = super().clean()
        start, due = typed.get("starts_on"), typed.get("due_on")
        if typed.get("name") and not due and "due_on" not in self.errors:
            self.add_error("due_on", _("By when?"))
        if start and due and start > due:
            self.add_error("starts_on", _("It begins after its due date."))
        if due and not typed.get("name"):
            self.add_error("name", _("Name the step."))
        return typed


class TimelineForm(WithRows, VersionedForm, forms.Form):
    """The rows of a draft, and why the plan changes."""

    row_form = MilestoneForm
    reason = long_text(_("Reason of the change"))

    def __init__(self, *args, is_first, **kwargs):
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]


class PublishForm(VersionedForm, forms.Form):
    """Who at the client gets it beside those who have a duty in it; a new due date of the job."""

    contacts = PeopleField(label=_("The client gets it"), required=False)
    job_due_on = DayField(label=_("Due date of the job"), widget=forms.DateInput)

    def __init__(self, *args, contacts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contacts"].offer({f"c{row.pk}": row for row in contacts})
        self.fields["contacts"].help_text = _("Who has a duty in it gets it in any case.")


class TickForm(VersionedForm, forms.Form):
    """What has become of a step; none of it makes a new version."""

    done_on = DayField(label=_("Done on"), required=False, widget=forms.DateInput)
    forecast_on = DayField(label=_("Forecast"), required=False, widget=forms.DateInput)
    slip_cause = forms.ChoiceField(
        label=_("Cause of the slip"), choices=Milestone.SlipCause.choices, required=False
    )
    slip_note = long_text(_("Words on the slip"), max_length=2000)


class TemplateRowForm(RowForm, StyledForm, forms.Form):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Step"), max_length=LINE, required=False)
    name_en = forms.CharField(label=_("Step in English"), max_length=LINE, required=False)
    days_before = forms.IntegerField(
        label=_("Working days before the due date"), min_value=0, max_value=DAYS_MOST,
        required=False,
    )  # fmt: skip
    days_long = forms.IntegerField(
        label=_("Working days long"), min_value=1, max_value=DAYS_MOST, initial=1, required=False
    )
    owner = forms.ChoiceField(label=_("Owner"), choices=Owner.choices, initial=Owner.ACCOUNT)
    client_visible = forms.BooleanField(label=_("Client sees it"), required=False)
    needs = note(_("What the client provides"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        label_fields(self, ("name", "name_en", "days_before", "days_long", "owner", "needs"))

    def clean(self):
        typed = super().clean()
        if not typed.get("name"):
            if typed.get("days_before") is not None or typed.get("name_en"):
                self.add_error("name", _("Name the step."))
            return typed
        for name in ("days_before", "days_long"):
            if typed.get(name) is None and name not in self.errors:
                self.add_error(name, _("How many working days?"))
        return typed


class TemplateFields(WithRows, StyledForm, forms.Form):
    row_form = TemplateRowForm
    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)


class TemplateCreateForm(TemplateFields, KeyedForm):
    extra_rows = 3


class TemplateEditForm(TemplateFields, VersionedForm):
    pass


class SeenForm(GuestForm):
    """The contact's receipt by link: a typed name, and the hash of what was shown."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, needs_code=False, **kwargs)
