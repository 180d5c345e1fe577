"""A call or a written exchange, logged after it happened: the whole report on one page."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import key_of
from agency.common.forms import KeyedForm, StyledForm
from agency.common.inputs import LINE, MomentField, PeopleField, PersonField
from meetings.forms.report import rows_summary
from meetings.forms.rows import ActionFormSet, NewPointFormSet
from meetings.services.typed import ReportData

FUTURE = _("This lies in the future: log it when it has ended.")
LONGEST = 24 * 60


class EventForm(StyledForm, forms.Form):
    """What happened: about what, until when, who was there on both sides."""

    title = forms.CharField(label=_("About what"), max_length=LINE)
    ended_at = MomentField(label=_("Ended"))
    minutes = forms.IntegerField(
        label=_("Minutes long, if known"), required=False, min_value=1, max_value=LONGEST
    )
    contacts = PeopleField(label=_("Who was there: client"))
    users = PeopleField(label=_("Who was there: ours"))

    def __init__(self, *args, cast, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["contacts"].offer(cast.contacts)
        self.fields["users"].offer(cast.users)
        self.fields["minutes"].widget.attrs["inputmode"] = "numeric"

    def clean_ended_at(self):
        value = self.cleaned_data["ended_at"]
        if value > self.at:
            raise forms.ValidationError(FUTURE, code="future")
        return value

    def facts(self):
        """Arguments of log_call and add_call_to_report."""
        typed = self.cleaned_data
        return {
            "title": typed["title"],
            "ended_at": typed["ended_at"],
            "starts_at": typed["ended_at"] - timedelta(minutes=typed.get("minutes") or 0),
            "users": typed["users"],
            "contacts": typed["contacts"],
        }


class AddCallForm(KeyedForm, EventForm):
    """One more call or exchange for a report that is still a draft (Z9)."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("call", _("Call")), ("written", _("Written exchange"))]
    )
    field_order = ("kind", "title", "ended_at", "minutes", "contacts", "users")


class CallForm(KeyedForm, EventForm):
    """The head of a new call; its points and actions are rows of their own."""

    hide_optional = True
    returner = PersonField(label=_("Returner"), required=False)
    report = forms.ModelChoiceField(
        None, label=_("Report"), required=False, empty_label=_("A report of its own")
    )
    no_action = forms.BooleanField(label=_("No further action"), required=False)

    def __init__(self, *args, cast, drafts, **kwargs):
        super().__init__(*args, cast=cast, **kwargs)
        self.fields["returner"].offer(cast.contacts, [("", _("Choose")), *cast.contact_choices])
        self.fields["report"].queryset = drafts


def first_values(cast, now):
    """What is proposed: ended now, me and the main contact there, who also returns it."""
    main = key_of(cast.main_contact)
    return {
        "ended_at": now.replace(second=0, microsecond=0),
        "contacts": [main] if main else [],
        "users": [key_of(cast.me)],
        "returner": main,
    }


class CallPage:
    """All forms of the page "Log a call"; jobs: as rows offer them, job: the key
    of that which the first point is about."""

    def __init__(self, *, cast, at, drafts, jobs=None, job=None, data=None):
        initial = first_values(cast, at)
        self.form = CallForm(data, cast=cast, at=at, drafts=drafts, initial=initial)
        self.points = NewPointFormSet(data, prefix="points", form_kwargs={"jobs": jobs})
        for first in self.points.forms[:1]:  # a page sent without its count has no row
            first.fields["job"].initial = job
        self.actions = ActionFormSet(
            data, prefix="actions", form_kwargs={"cast": cast, "jobs": jobs}
        )

    @property
    def has_drafts(self):
        return self.form.fields["report"].queryset.exists()

    def is_valid(self):
        return all([self.form.is_valid(), self.points.is_valid(), self.actions.is_valid()])

    def data(self):
        """The rows as ReportData; recipients and readers keep the lists that are proposed."""
        typed = self.form.cleaned_data
        return ReportData(
            points=self.points.data_rows,
            actions=self.actions.data_rows,
            no_action=typed["no_action"],
            returner=typed["returner"],
        )

    @property
    def summary(self):
        return [*self.form.summary, *rows_summary(self.points), *rows_summary(self.actions)]
