"""What people give to creative development, quarter by quarter (R74)."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import RANKS
from accounts.permissions import people_under
from agency.common.nav import OWN
from agency.common.views import PlainPage
from archives.reports.contribution import contributions, last_quarters


class ContributionPage(PlainPage):
    """One's own and those of the people below; management reads everybody's."""

    permission = "accounts.read_coaching"
    permission_on = OWN
    template_name = "archives/contribution.html"
    page_title = _("Contribution to creative work")
    page_lead = _("Brainstorms, ideas and strategy drafts: to coach with. It is no ranking.")

    @cached_property
    def quarters(self):
        return last_quarters(timezone.localdate(self.now))

    @cached_property
    def quarter(self):
        asked = self.request.GET.get("quarter", "")
        return next((one for one in self.quarters if str(one) == asked), self.quarters[0])

    @cached_property
    def people(self):
        user = self.request.user
        if user.sees_all_clients:
            return list(User.objects.active().filter(role__in=RANKS).order_by("name"))
        return [user, *people_under(user, self.now)]

    def get_context_data(self, **kwargs):
        rows = contributions(self.people, self.quarter, self.request.user, self.now)
        extra = {
            "rows": rows,
            "quarter": self.quarter,
            "quarters": [(str(one), one == self.quarter) for one in self.quarters],
            # one's own quarter is no case for one's own coaching
            "silent": [row.person for row in rows if row.is_none and row.person != self.me],
        }
        return super().get_context_data(**{**extra, **kwargs})

    @property
    def me(self):
        return self.request.user
