"""A meeting ahead: invited to, moved, called off; of a series also with those after it (R15)."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.wording import names_text
from meetings import services
from meetings.forms.meeting import CancelForm, InviteForm, MoveForm
from meetings.models import Meeting
from meetings.views.meeting import MeetingVerb

State = Meeting.State


class OneOrFollowing(MeetingVerb):
    """A verb that asks, where the meeting has others of its series after it, how far it goes."""

    verb = following_verb = None

    @cached_property
    def later(self):
        """How many of the series after this one it would be about too."""
        rows = services.following(self.object).filter(state__in=self.states)
        return rows.exclude(pk=self.object.pk).count()

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "later": self.later}

    def act(self, form):
        typed = dict(form.cleaned_data)
        is_all = typed.pop("scope", "") == "following"
        run = self.following_verb if is_all else self.verb
        return run(**self.who(), **typed)


class MeetingInvite(OneOrFollowing):
    states = (State.DRAFT,)
    form_class = InviteForm
    verb = staticmethod(services.invite)
    following_verb = staticmethod(services.invite_following)
    page_title = gettext_lazy("Invite to this meeting")
    consequence = gettext_lazy(
        "All attendees get a mail with a calendar file, the client's people also a page on which "
        "they answer and add topics. From then on its time only moves with a reason."
    )
    button = gettext_lazy("Send invitations")
    keep = gettext_lazy("Not yet")
    done = gettext_lazy("Invited.")

    def get_consequence(self):
        rows = self.object.attendees.select_related("user", "contact")
        invited = _("Invited are %(names)s.") % {"names": names_text(rows)}
        return f"{invited} {self.consequence}"


class MeetingMove(OneOrFollowing):
    states = Meeting.INVITED
    form_class = MoveForm
    verb = staticmethod(services.move_meeting)
    following_verb = staticmethod(services.move_following)
    page_title = gettext_lazy("Move this meeting")
    button = gettext_lazy("Move the meeting")
    keep = gettext_lazy("Leave it as it is")
    done = gettext_lazy("Moved. Everybody is told.")

    def get_consequence(self):
        told = _("Everybody invited is told the old and the new time, with the reason.")
        if self.object.state != State.AGENDA_SENT:
            return told
        along = _("The agenda goes along with the new time.")
        return f"{told} {along}"

    def get_initial(self):
        return {"starts_at": self.object.starts_at, "planned_end": self.object.planned_end}


class MeetingCancel(OneOrFollowing):
    states = Meeting.AHEAD
    form_class = CancelForm
    verb = staticmethod(services.cancel_meeting)
    following_verb = staticmethod(services.cancel_following)
    page_title = gettext_lazy("Cancel this meeting")
    button = gettext_lazy("Cancel the meeting")
    keep = gettext_lazy("Keep it")
    done = gettext_lazy("Cancelled.")
    grave = True

    def get_consequence(self):
        if self.object.state == State.DRAFT:
            return _("Nobody has been told of it yet. No reason is needed.")
        return _("Everybody invited is told at once, with the reason.")

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["reason"].required = self.object.state != State.DRAFT
        return form
