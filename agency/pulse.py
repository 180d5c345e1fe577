"""The clock's page for the admin: how it beats, and "the time is right" when in doubt (B1)."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.forms import StyledForm
from agency.common.models import Heartbeat
from agency.common.services import trust_clock
from agency.common.views import VerbView
from agency.common.wording import moment_text


class TrustForm(StyledForm, forms.Form):
    """Nothing to type."""


class ClockPage(VerbView):
    permission = "accounts.manage_settings"
    form_class = TrustForm
    page_title = gettext_lazy("Clock")
    button = gettext_lazy("The time is right")
    keep = gettext_lazy("Back to the settings")
    cancel_url = reverse_lazy("accounts:settings")
    success_url = reverse_lazy("clock")
    done = gettext_lazy("The clock is trusted again.")

    def get_consequence(self):
        last = Heartbeat.objects.newest()
        if last is None:
            return _("The clock has never run. Start a worker and beat, or manage.py clock --loop.")
        said = _("Last beat %(at)s on %(host)s, %(gap)s seconds from the database's clock.") % {
            "at": moment_text(last.at),
            "host": last.host,
            "gap": abs(last.db_gap_s),
        }
        return " ".join([said, trust() if last.is_good else doubt()])

    def act(self, form):
        return trust_clock(by=self.request.user, at=self.now)


def trust():
    return _("Its time is trusted.")


def doubt():
    return _(
        "Its time is in doubt: it jumped, or differs from the database's. Until you say that the "
        "time is right, nothing is marked as overdue."
    )
