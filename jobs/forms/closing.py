"""What is typed to close a job: the completion form, its ads, ratings and review notes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import LINE, DayField, long_text
from archives.kinds import Medium
from jobs.models import ReviewNote

STARS = [(str(stars), "★" * stars) for stars in range(5, 0, -1)]


class CompletionEditForm(VersionedForm, forms.Form):
    delivered_on = DayField(label=_("Delivered on"), widget=forms.DateInput)
    no_ad_reason = long_text(_("Reason without an ad"))
    deviation = long_text(_("Why the cost is above the estimate"))
    unbilled_reason = long_text(_("Reason without an invoice"))
    lessons = long_text(_("Lessons"), rows=3)


class AdForm(KeyedForm, forms.Form):
    """An ad for the client's record of every ad (R44)."""

    title = forms.CharField(label=_("Title"), max_length=LINE)
    medium = forms.ChoiceField(label=_("Medium"), choices=Medium.choices)
    first_run = DayField(label=_("First run"), widget=forms.DateInput)
    last_run = DayField(label=_("Last run"), widget=forms.DateInput, required=False)
    size = forms.CharField(label=_("Size"), max_length=40, required=False)
    length_s = forms.IntegerField(
        label=_("Length in seconds"), required=False, min_value=1, max_value=36_000
    )

    def clean(self):
        typed = super().clean()
        first, last = typed.get("first_run"), typed.get("last_run")
        if first and last and last < first:
            self.add_error("last_run", _("The last run lies before the first."))
        return typed


class SendForm(StyledForm, forms.Form):
    """To whom a checked file goes."""

    contacts = forms.ModelMultipleChoiceField(
        Contact.objects.none(), label=_("To"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, contacts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contacts"].queryset = contacts


class RatingForm(StyledForm, forms.Form):
    stars = forms.ChoiceField(label=_("Cooperation"), choices=STARS, widget=forms.RadioSelect)
    text = long_text(_("In words"), rows=3)


class ReviewForm(StyledForm, forms.Form):
    kind = forms.ChoiceField(label=_("About"), choices=ReviewNote.Kind.choices)
    text = forms.CharField(
        label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
