"""Searches that one keeps: kept, told of or not, let go (9.3)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from agency.common.views import PlainPage
from archives.models import SavedSearch
from archives.reports.saved import called
from archives.services import saved


class SavedList(PlainPage):
    """One's own, each with what was new in it last."""

    permission = "accounts.view_client"
    template_name = "archives/saved_list.html"
    page_title = gettext_lazy("Kept searches")
    page_lead = gettext_lazy("Asked again with one click; new papers are told once a day.")

    def get_context_data(self, **kwargs):
        rows = list(SavedSearch.objects.of(self.request.user))
        return super().get_context_data(**{"rows": called(rows), **kwargs})


@login_required
@require_POST
def saved_create(request):
    """The question of the page that sent it."""
    if not request.user.has_perm("accounts.view_client"):
        raise PermissionDenied
    row = saved.keep_search(
        query=request.POST.get("q", ""), facets=request.POST, by=request.user, at=timezone.now()
    )
    messages.success(request, _("Kept. You will be told once a day of new papers in it."))
    return HttpResponseRedirect(row.get_absolute_url())


@login_required
@require_safe
def saved_open(request, pk):
    """To what is new in it."""
    return HttpResponseRedirect(own(request, pk).news_url)


@login_required
@require_POST
def saved_tell(request, pk):
    """The other way round than it is."""
    row = own(request, pk)
    saved.tell_of_search(search=row, tells=not row.tells, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("archives:saved_list"))


@login_required
@require_POST
def saved_forget(request, pk):
    saved.forget_search(search=own(request, pk), by=request.user)
    messages.success(request, _("The search is let go."))
    return HttpResponseRedirect(reverse("archives:saved_list"))


def own(request, pk):
    return get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
