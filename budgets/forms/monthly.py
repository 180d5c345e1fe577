"""What is typed into a monthly budget report."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.common.forms import StyledForm, VerbForm, VersionedForm
from agency.common.inputs import TEXT, DayField, long_text
from archives.forms.signed import SignedFilter
from budgets.models import Adjustment


class MonthlyForm(VersionedForm, forms.Form):
    hide_optional = True  # a draft may be kept as it is; what it lacks is said beside it
    opportunities = long_text(_("What we should propose"), rows=6)
    comment = long_text(_("Comment on the month"), rows=3)
    over_note = long_text(_("What the client was told of the over-commitment, when, by whom"))
    note_internal = long_text(_("Internal note"))

    def __init__(self, *args, over=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not over and not self.initial.get("over_note"):
            del self.fields["over_note"]


class MonthlyDraftForm(StyledForm, forms.Form):
    """months: [(first day, words)] that are over and have no report yet."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(f"{day:%Y-%m-%d}", words) for day, words in months]


class SignForm(VerbForm):
    """shown: digest of the figures on the page, so that nobody signs others."""

    hide_optional = True  # asked only where it is needed
    late_reason = long_text(_("Late reason (internal)"))
    is_issued = forms.BooleanField(
        label=_("Issue it at once"), required=False, initial=True
    )  # fmt: skip
    shown = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args, late=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_reason"]


class IssueForm(VerbForm):
    hide_optional = True
    late_reason = long_text(_("Late reason (internal)"))

    def __init__(self, *args, late=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_reason"]


class AdjustmentForm(VersionedForm, forms.ModelForm):
    class Meta:
        model = Adjustment
        fields = ["category", "column", "amount", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 2, "maxlength": TEXT})}
        help_texts = {"amount": _("Less than 0 takes off, without VAT.")}


class MonthlyFilter(SignedFilter):
    # Figures open those that were due.
    due = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # The days on which they were due: breaches of a month are of the month before (6.8).
    due_since = DayField(required=False, widget=forms.HiddenInput)
    due_until = DayField(required=False, widget=forms.HiddenInput)
