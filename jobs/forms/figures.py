"""The span of time and the client a page of figures is about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jobs.forms.filters import ALL, PeriodFilter
from jobs.models import Estimate
from jobs.reports.timeline import BEHIND

RUNNING = ("running", _("On the way"))
TO_APPROVE = ("approve", _("Waiting for our approval"))


class FiguresFilter(PeriodFilter):
    hide_optional = True


class StepFilter(PeriodFilter):
    which = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(key, key) for key in BEHIND]
    )


class EstimateFilter(PeriodFilter):
    """State, and for signed ones the days of signature."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ALL, RUNNING, TO_APPROVE, *Estimate.State.choices],
    )
    # Signed in these days, even where a newer one has taken its place since (6.8).
    ever = forms.BooleanField(required=False, widget=forms.HiddenInput)
    ae = forms.IntegerField(required=False, widget=forms.HiddenInput)
