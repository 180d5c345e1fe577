"""Rows of a report: points and actions, added, taken away and put in order on one page."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.cast import key_of
from agency.common.forms import INCOMPLETE, StyledForm
from agency.common.inputs import DayField, PersonField, long_text
from meetings.models import ReportPoint
from meetings.services.typed import ActionData, PointData

MOST_ROWS = 200


class Lacking:
    """Mixin of a form that shows what is still missing, also before anything was sent."""

    def lack(self, name, message):
        """Show a message at the field, or at the head of the form without one."""
        if self._errors is None:
            self._errors = ErrorDict()
        self._errors.setdefault(name or NON_FIELD_ERRORS, self.error_class()).append(message)


class PointForm(Lacking, StyledForm, forms.Form):
    """One point. Incomplete is fine while it is typed; issuing asks for the rest."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=ReportPoint.Kind)
    item = forms.ChoiceField(label=_("Agenda item"), required=False)
    job = PersonField(label=_("Job"), required=False)
    text = long_text(_("Text"))
    solution = long_text(_("Way to solve it"), placeholder=" ")

    heading = ""
    marks = ()

    def __init__(self, *args, items=(), jobs=None, **kwargs):
        super().__init__(*args, **kwargs)
        offer_jobs(self, jobs)
        name_widgets(self, "kind", "text", "job")
        self.items = {str(item.pk): item for item in items}
        titles = [(key, f"{n}. {row}") for n, (key, row) in enumerate(self.items.items(), 1)]
        self.fields["item"].choices = [("", _("No item")), *titles]

    def is_blank(self, row):
        return row.is_empty

    def group(self, row):
        """Points of one agenda item stand together; what belongs to none comes last."""
        keys = list(self.items)
        return keys.index(str(row.item.pk)) if row.item else len(keys)

    def data_row(self):
        typed = self.cleaned_data
        return PointData(
            kind=typed.get("kind") or ReportPoint.Kind.DISCUSSION,
            text=typed.get("text", ""),
            solution=typed.get("solution", ""),
            pk=typed.get("pk"),
            item=self.items.get(typed.get("item", "")),
            job=typed.get("job"),
        )

    @staticmethod
    def initial_of(row):
        return {
            "pk": row.pk,
            "kind": row.kind,
            "item": str(row.item.pk) if row.item else "",
            "job": job_key(row.job),
            "text": row.text,
            "solution": row.solution,
        }


class ActionForm(Lacking, StyledForm, forms.Form):
    """One action point: what, who, by when (R19)."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=pgettext_lazy("action point", "What"), required=False, max_length=300
    )
    owner = PersonField(label=pgettext_lazy("action point", "Who"), required=False)
    due_on = DayField(label=pgettext_lazy("action point", "By when"), required=False)
    job = PersonField(label=_("Job"), required=False)

    def __init__(self, *args, cast, jobs=None, **kwargs):
        super().__init__(*args, **kwargs)
        offer_jobs(self, jobs)
        name_widgets(self, "text", "owner", "due_on", "job")
        self.fields["owner"].offer(cast.people, cast.owner_choices)
        self.fields["owner"].initial = key_of(cast.me)

    def is_blank(self, row):
        """The owner proposed in an empty row makes no action of it."""
        return row.pk is None and row.due_on is None and not row.text.strip()

    def group(self, row):
        """Actions stand in the order of the page."""
        return 0

    def data_row(self):
        typed = self.cleaned_data
        return action_data(
            typed.get("owner"),
            text=typed.get("text", ""),
            due_on=typed.get("due_on"),
            pk=typed.get("pk"),
            job=typed.get("job"),
        )


def offer_jobs(form, jobs):
    """jobs: {job_key: Job} of those that a row may be about."""
    form.jobs = jobs or {}
    titles = [(key, f"{job.number} {job.title}") for key, job in form.jobs.items()]
    form.fields["job"].offer(form.jobs, [("", _("No job")), *titles])


def job_key(job):
    return f"j{job.pk}" if job else ""


def name_widgets(form, *names):
    """Fields of a row have no label of their own to see: say it to screen readers."""
    for name in names:
        field = form.fields[name]
        field.widget.attrs["aria-label"] = field.label


def action_data(owner, **fields):
    """ActionData with its owner on the right side."""
    side = "contact" if owner is not None and hasattr(owner, "address_as") else "user"
    return ActionData(**{side: owner}, **fields)


class RowFormSet(forms.BaseFormSet):
    """Rows in the order of the page; blank ones and those taken away are dropped."""

    def clean(self):
        """A count of rows that no page sends would silently drop them all."""
        if self.management_form.cleaned_data["TOTAL_FORMS"] < 0:
            raise forms.ValidationError(INCOMPLETE)

    @property
    def kept(self):
        """[(form, row of data)] in order; rows of one agenda item stand together."""
        forms_ = [form for form in self.forms if not self._should_delete_form(form)]
        rows = [(form, form.data_row()) for form in forms_]
        filled = [(form, row) for form, row in rows if not form.is_blank(row)]
        return sorted(filled, key=lambda pair: pair[0].group(pair[1]))

    @property
    def data_rows(self):
        return [row for _form, row in self.kept]

    def position_of(self, number):
        """The position that row `number` of the page is kept at, from 1; 0 when it is not kept."""
        places = [self.forms.index(form) for form, _row in self.kept]
        return places.index(number) + 1 if number in places else 0

    def swapped(self, number, step):
        """Rows of data with row `number` of the page moved by one, up (-1) or down (+1)."""
        kept = self.kept
        places = [self.forms.index(form) for form, _row in kept]
        rows = [row for _form, row in kept]
        if number in places and 0 <= places.index(number) + step < len(rows):
            here = places.index(number)
            rows[here], rows[here + step] = rows[here + step], rows[here]
        return rows


def row_formset(form, extra):
    return forms.formset_factory(
        form,
        formset=RowFormSet,
        extra=extra,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 50,
        validate_max=True,
    )


PointFormSet = row_formset(PointForm, extra=1)
ActionFormSet = row_formset(ActionForm, extra=1)
NewPointFormSet = row_formset(PointForm, extra=2)
