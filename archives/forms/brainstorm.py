"""Forms of a brainstorm: input only."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.forms import KeyedForm, VersionedForm
from agency.common.inputs import TEXT, MomentField, PeopleField, PersonField, long_text


class StormFields(forms.Form):
    """cast: who may be named (accounts.forms.cast.Cast)."""

    question = forms.CharField(
        label=pgettext_lazy("brainstorm", "Question"),
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    on = MomentField(label=_("Begins"), widget=forms.DateTimeInput)
    ended_at = MomentField(label=_("Ends"), widget=forms.DateTimeInput)
    chair = PersonField(label=_("Chair"))
    chair_reason = long_text(_("Reason, where the chair is below an account manager"))
    people = PeopleField(label=pgettext_lazy("brainstorm", "People"), required=False)
    job_number = forms.CharField(label=_("Job number"), max_length=20, required=False)

    def __init__(self, *args, cast, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chair"].offer(cast.users, [("", _("Choose")), *cast.user_choices])
        self.fields["people"].offer(cast.users)


class BrainstormCreateForm(KeyedForm, StormFields):
    """A new one."""


class BrainstormForm(VersionedForm, StormFields):
    """One that is changed until its record is filed."""


class IdeaFields(forms.Form):
    """people: who was there, of whom a department names itself only."""

    text = forms.CharField(
        label=_("Idea"), max_length=TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )
    whose = PersonField(label=_("Whose idea"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        known = {f"u{person.pk}": person for person in people}
        self.fields["whose"].offer(known, [(key, str(person)) for key, person in known.items()])


class IdeaCreateForm(KeyedForm, IdeaFields):
    """A new one."""


class IdeaForm(VersionedForm, IdeaFields):
    """One that is changed until the record is filed."""


class DecideForm(VersionedForm, forms.Form):
    chosen = PeopleField(label=_("Chosen ideas"), required=False)
    next_step = forms.CharField(
        label=_("Next step"), max_length=TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, ideas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].offer({f"{idea.pk}": idea for idea in ideas})
        if not ideas:
            del self.fields["chosen"]
