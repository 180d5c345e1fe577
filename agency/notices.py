"""What a person has been told: a list, and one button that says "read" (5.5)."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agency.common.forms import StyledForm
from agency.common.models import Notification
from agency.common.views import Column, ListPage

TONES = {"breach": "red", "escalation": "red", "remind": "amber"}


class NoticeFilter(StyledForm, forms.Form):
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("All")), *Notification.Level.choices]
    )
    unread = forms.BooleanField(label=_("Unread only"), required=False)


class NoticeList(ListPage):
    page_title = _("Notices")
    template_name = "notices.html"
    columns = [
        Column(_("Told"), "created_at", "moment", sort="told"),
        Column(_("Client"), "client_code", "code"),
        Column(_("Notice"), "label", url=lambda row: row.path),
        Column(_("Due"), "due_at", "moment"),
        Column(_("Level"), "get_level_display", "badge", tone=lambda row: TONES.get(row.level, "")),
        Column(_("Read"), "read_at", "moment"),
    ]
    sorts = {"told": ("created_at", "pk")}
    default_sort = "-told"
    filter_form = NoticeFilter
    sheet_name = "notices"
    empty_title = _("No notices yet")
    empty_text = _("Reminders, breaches and clients' answers are told here, each of them once.")

    def rows(self):
        return Notification.objects.of(self.request.user)

    def narrow(self, rows, level="", unread=False):
        rows = rows.filter(level=level) if level else rows
        return rows.unread() if unread else rows


@login_required
@require_POST
def read_all(request):
    """All of my notices up to now count as read."""
    Notification.objects.of(request.user).unread().update(read_at=timezone.now())
    return redirect("notices")
