"""How quickly papers are found, month by month (R39, 9.3)."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import people_under
from agency.common.dates import MIDNIGHT, first_of, local_instant
from agency.common.nav import OWN
from agency.common.views import PlainPage
from archives.search import figures

MONTHS = 6


class FindFigures(PlainPage):
    """One's own searches and those of the people below; management sees everybody's."""

    permission = "budgets.view_dashboard"
    permission_on = OWN
    template_name = "archives/find_figures.html"
    page_title = _("Finding papers in figures")

    @cached_property
    def users(self):
        user = self.request.user
        if user.sees_all_clients:
            return User.objects.values("pk")
        return [user.pk, *(person.pk for person in people_under(user, self.now))]

    @cached_property
    def span(self):
        first = first_of(timezone.localdate(self.now), back=MONTHS - 1)
        return local_instant(first, MIDNIGHT), self.now

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            months=figures.months(*self.span, self.users),
            slowest=figures.slowest(*self.span, self.users),
            missed=figures.missed(*self.span, self.users),
            promise=figures.FIND_SECONDS,
            **kwargs,
        )
