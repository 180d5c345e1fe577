"""What is typed into a brief, its facts and what is said about it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import LINE, DayField, PersonField, long_text
from jobs.forms.rows import RowForm, WithRows
from jobs.forms.work import money_field
from jobs.models import Brief, Department, Fact

LONG = 8000


class FactForm(RowForm, StyledForm, forms.Form):
    """A fact or material: there, not needed, or awaited from somebody by a day (R52)."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Fact or material"), max_length=LINE, required=False)
    needed_for = forms.ChoiceField(label=_("Needed for"), choices=Fact.NeededFor.choices)
    state = forms.ChoiceField(
        label=_("State"), choices=Fact.State.choices, initial=Fact.State.RECEIVED
    )
    source = PersonField(label=_("From"), required=False)
    due_on = DayField(label=_("By when"), required=False, widget=forms.DateInput)

    def __init__(self, *args, cast, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].offer(cast.people, cast.owner_choices)
        self.fields["name"].widget.attrs["placeholder"] = self.fields["name"].label
        for name in ("name", "needed_for", "state", "source", "due_on"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def clean(self):
        typed = super().clean()
        if not typed.get("name"):
            return typed
        if typed.get("state") == Fact.State.AWAITED:
            for name in ("source", "due_on"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, _("Awaited: from whom, and by when?"))
        return typed


class BriefForm(WithRows, VersionedForm, forms.Form):
    """The parts of the brief; what may stay empty is decided when it is put in force."""

    row_form = FactForm
    # A draft may have gaps; its page says which must be filled before it counts.
    hide_optional = True

    reason = long_text(_("Reason of the change"))
    background = long_text(_("Background"), rows=4, max_length=LONG)
    objective = long_text(_("Objective"), rows=3, max_length=LONG)
    audience = long_text(_("Audience"), rows=3, max_length=LONG)
    message = long_text(_("Message"), rows=3, max_length=LONG)
    tone = long_text(_("Tone"), rows=2, max_length=LONG)
    mandatories = long_text(_("Mandatories"), rows=2, max_length=LONG)
    budget = money_field(_("Budget without VAT"), required=False)
    strategy_try = long_text(_("Strategy try"), rows=4, max_length=LONG)

    def __init__(self, *args, is_first, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["strategy_try"].help_text = _(
            "Your own idea of the strategy; it may be rough. AM and AD comment on it."
        )
        if is_first:
            del self.fields["reason"]

    def clean_budget(self):
        budget = self.cleaned_data["budget"]
        if budget is not None and budget < 0:
            raise forms.ValidationError(_("A budget is not below zero."))
        return budget


class ForceForm(VersionedForm, forms.Form):
    """Which departments are asked whether it is enough to work with."""

    departments = forms.MultipleChoiceField(
        label=_("Ask these departments whether it is enough to work with"),
        choices=Department.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class AskForm(ForceForm):
    """asked: departments that answer already, or have been asked to."""

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        left = [choice for choice in Department.choices if choice[0] not in asked]
        self.fields["departments"].choices = left
        self.fields["departments"].required = True


class ConfirmForm(VersionedForm, forms.Form):
    enough = forms.ChoiceField(
        label=_("Is it enough to work with?"),
        choices=[("yes", _("Yes, enough to work with")), ("no", _("No, something is missing"))],
        widget=forms.RadioSelect,
    )
    missing = long_text(_("What is missing"))


class CommentForm(StyledForm, forms.Form):
    text = forms.CharField(
        label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ScopeForm(StyledForm, forms.Form):
    needed = forms.ChoiceField(
        label=_("Does the new brief need a change order?"),
        choices=[("yes", _("Yes, draft one")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    reason = long_text(_("Why none is needed"))


class FactStateForm(VersionedForm, forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            (Fact.State.RECEIVED.value, Fact.State.RECEIVED.label),
            (Fact.State.NOT_NEEDED.value, Fact.State.NOT_NEEDED.label),
        ],
        widget=forms.RadioSelect,
    )


class QuestionForm(KeyedForm, forms.Form):
    text = forms.CharField(
        label=pgettext_lazy("to a person", "Question"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    who = PersonField(label=_("Who answers"))
    due_on = DayField(label=_("By when"), widget=forms.DateInput)

    def __init__(self, *args, cast, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].offer(cast.people, cast.owner_choices)


class AnswerForm(VersionedForm, forms.Form):
    answer = forms.CharField(
        label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


def initial_of(brief):
    """The fields of BriefForm as they stand."""
    return {
        name: getattr(brief, name) for name in (*Brief.PARTS, "budget", "strategy_try", "reason")
    }
