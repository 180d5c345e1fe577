"""What the pages of media plans share: plans one may see, the right to write them, the way back."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from budgets.models import MediaLine, MediaPlan
from budgets.services.access import is_media


def edit_url(plan):
    return reverse("budgets:plan_update", args=[plan.pk])


class MediaRights:
    """Mixin, put first: media has its own rights on the jobs it has work on (4.2: own)."""

    permission = "budgets.edit_plan"

    @property
    def is_own(self):
        return is_media(self.request.user)


class PlanPage(MediaRights):
    """Mixin, put first: pages about a plan."""

    def rows(self):
        rows = MediaPlan.objects.visible_to(self.request.user)
        return rows.select_related("job__client__group", "job__ae", "brief", "author")

    @property
    def plan(self):
        return self.object

    def get_crumbs(self):
        return [*super().get_crumbs(), (str(self.plan), self.plan_url)]

    @cached_property
    def may_edit(self):
        return self.may("budgets.edit_plan", self.is_own)

    @cached_property
    def plan_url(self):
        return edit_url(self.plan) if self.plan.is_draft else self.plan.get_absolute_url()

    def get_success_url(self):
        return self.plan_url

    def get_cancel_url(self):
        return self.plan_url

    def get_context_data(self, **kwargs):
        extra = {"plan": self.plan, "may_edit": self.may_edit}
        return super().get_context_data(**{**extra, **kwargs})


class LinePage:
    """Pages about one line, put before PlanPage."""

    def rows(self):
        rows = MediaLine.objects.visible_to(self.request.user)
        return rows.select_related("plan__job__client__group", "plan__author", "supplier")

    def job_of(self, row):
        return row.plan.job

    @property
    def plan(self):
        return self.object.plan

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"line": self.object, **kwargs})


class DraftOnly:
    """Mixin before the page: what is no draft any more is read, not written."""

    def get(self, request, *args, **kwargs):
        if not self.plan.is_draft:
            return HttpResponseRedirect(self.plan.get_absolute_url())
        return super().get(request, *args, **kwargs)


class PlansOnly:
    """Mixin of lists, put first: of the departments media alone has plans to look at (4.2)."""

    def dispatch(self, request, *args, **kwargs):
        user = request.user
        if user.is_authenticated and user.role == User.Role.DEPARTMENT and not is_media(user):
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)
