"""The contact report: written on one page beside the paper that will be sent, then followed up."""

import base64

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.forms.cast import Cast
from accounts.permissions import Rights, can
from agency.common.errors import Refused, Stale
from agency.common.pages import stale_page, wants_json
from agency.common.pdf import preview_pages, warm
from agency.common.wording import clock_text
from archives.downloads import paper_response, preview_response
from meetings import services
from meetings.forms.report import Draft, named_jobs, named_people
from meetings.models import AgendaItem, ReportPoint
from meetings.papers import meetings_of
from meetings.reports.recipients import recipient_rows, revisions_of
from meetings.services import typed
from meetings.views.base import (
    IN_FORCE,
    ClientPlainPage,
    ReportRows,
    client_crumbs,
    edit_url,
    jobs_of,
    report_title,
    report_url,
)
from meetings.views.issuing import issue_or_mend

STATE_TONES = {"accepted": "green", "objected": "red", "issued": "accent"}


class RoleKnown:
    """Mixin: in what role the person stands on the client."""

    @cached_property
    def role(self):
        return Rights(self.request.user, self.now, self.client).role_on(self.client)

    def get_context_data(self, **kwargs):
        extra = {"may_read_opinion": self.role in ("ad", "gad")}
        return super().get_context_data(**{**extra, **kwargs})


class DraftPage(RoleKnown, ReportRows, ClientPlainPage):
    """What pages of a draft share: its meetings, and what it still lacks."""

    permission = "meetings.issue_report"

    @cached_property
    def meetings(self):
        return list(meetings_of(self.object))

    @cached_property
    def items(self):
        return list(AgendaItem.objects.filter(meeting__in=self.meetings).order_by("position"))

    def get_context_data(self, **kwargs):
        sit_down = next((row for row in self.meetings if row.is_sit_down), None)
        extra = {
            "report": self.object,
            "meetings": self.meetings,
            "sit_down": sit_down,
            "has_items": bool(self.items),
            "missing": located(self.object, services.missing(self.object, self.now), self.meetings),
            "is_late": services.needs_late_reason(self.object, self.now),
        }
        return super().get_context_data(**{**extra, **kwargs})


class ReportUpdate(DraftPage):
    """Write: autosaved as typed, saved by button, issued from the same page."""

    template_name = "meetings/report_form.html"
    page_title = gettext_lazy("Write contact report")

    def get(self, request, *args, **kwargs):
        if not self.object.is_draft:
            return HttpResponseRedirect(report_url(self.object))
        warm()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        draft = self.draft(request.POST)
        if not draft.is_valid():
            return self.refused(draft)
        try:
            report = self.save(draft)
        except Stale as error:
            return self.stale(draft, error)
        except Refused as error:
            draft.refuse(error)
            return self.refused(draft)
        return self.onward(report, draft)

    def draft(self, data=None):
        current = typed.of_report(self.object)
        cast = Cast(self.client, self.now, me=self.request.user, also=named_people(current))
        return Draft(
            current,
            cast=cast,
            items=self.items,
            jobs=jobs_of(self.request.user, self.client, named_jobs(current)),
            row_version=self.object.row_version,
            data=data,
        )

    def save(self, draft):
        return services.save_draft(
            report=self.object,
            data=draft.data(),
            row_version=draft.row_version,
            by=self.request.user,
            at=self.now,
        )

    def onward(self, report, draft):
        if wants_json(self.request):
            return JsonResponse(
                {"row_version": report.row_version, "saved_at": clock_text(self.now)}
            )
        if self.request.POST.get("do") == "issue":
            return issue_or_mend(self.request, report, report.row_version, self.now)
        if self.request.POST.get("tell"):
            self.tell_management(report, draft)
        else:
            messages.success(self.request, _("Draft saved."))
        return HttpResponseRedirect(f"{edit_url(report)}{draft.anchor}")

    def tell_management(self, report, draft):
        """Pass an opinion on at once, without waiting for the issue (R25)."""
        point = report.points.filter(position=draft.told_position).first()
        if point is None or point.kind != ReportPoint.Kind.OPINION:
            return
        services.flag_opinion(point=point, by=self.request.user, at=self.now)
        messages.success(self.request, _("Management is told now."))

    def refused(self, draft):
        """Errors at their fields; for the script a sentence, as it keeps the words itself."""
        if wants_json(self.request):
            return JsonResponse({"message": unsaved(len(draft.summary))}, status=422)
        return self.render_to_response(self.get_context_data(draft=draft), status=422)

    def stale(self, draft, error):
        """409 with both texts: what was typed here in the fields, what is stored beside (C7)."""
        if wants_json(self.request) or not self.object.is_draft:
            return stale_page(self.request, error, draft.typed())
        draft.take_over(error.row_version)
        context = self.get_context_data(draft=draft, theirs=error.current, told=str(error))
        return self.render_to_response(context, status=409)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**{"theirs": None, "told": "", **kwargs})
        if "draft" not in context:
            context["draft"] = self.draft()
            check = "check" in self.request.GET
            context["draft"].show(services.missing(self.object, self.now), all_of_it=check)
        return context


class ReportBar(DraftPage):
    """The clock and what is missing, drawn again after each save."""

    template_name = "meetings/_bar.html"


class ReportPreview(ReportRows, ClientPlainPage):
    """Pictures of the very PDF pages that would be sent now, drawn in place (design.md: leaf)."""

    template_name = "meetings/report_preview.html"
    part_name = "meetings/_preview.html"
    permission = "meetings.issue_report"
    page_title = gettext_lazy("As it will be sent")

    def get_context_data(self, **kwargs):
        pages, problem = [], ""
        try:
            pages = picture_pages(services.preview_report(report=self.object, at=self.now))
        except Refused as error:
            problem = str(error)
        return super().get_context_data(report=self.object, pages=pages, problem=problem, **kwargs)


class ReportPdf(ReportRows, ClientPlainPage):
    """The filed paper; of a draft the preview, for those who may issue it."""

    permission = "accounts.view_client"

    def get(self, request, *args, **kwargs):
        report = self.object
        if report.document:
            return paper_response(report.document)
        if not can(request.user, "meetings.issue_report", self.client, self.now):
            return HttpResponseRedirect(report_url(report))
        pdf = services.preview_report(report=report, at=self.now)
        return preview_response(pdf, "preview.pdf")


class ReportDetail(RoleKnown, ReportRows, ClientPlainPage):
    """After issue: who got it, who answered what, its actions and revisions. A draft: to read."""

    permission = "accounts.view_client"
    template_name = "meetings/report_detail.html"

    def rows(self):
        return super().rows().select_related("superseded_by")

    def get(self, request, *args, **kwargs):
        if self.object.is_draft and self.may_write:
            return HttpResponseRedirect(edit_url(self.object))
        return super().get(request, *args, **kwargs)

    @cached_property
    def may_write(self):
        return can(self.request.user, "meetings.issue_report", self.client, self.now)

    def get_page_title(self):
        return report_title(self.object)

    def get_crumbs(self):
        return client_crumbs(self.client)

    def get_context_data(self, **kwargs):
        report = self.object
        extra = {
            "report": report,
            "meetings": list(meetings_of(report)),
            "points": list(report.points.select_related("item", "job")),
            "actions": list(report.actions.select_related("user", "contact", "job")),
            "recipients": recipient_rows(report),
            "readers": list(report.readers.order_by("username")),
            "revisions": revisions_of(report),
            "newer": newer_of(report),
            "in_force": report.state in IN_FORCE,
            "is_late": report.is_late(self.now),
            "state_tone": STATE_TONES.get(report.state, ""),
            "today": timezone.localdate(self.now),
            "sees_inside": self.role != "department",
            "may_write": self.may_write,
            "may_return": can(self.request.user, "meetings.record_return", self.client, self.now),
        }
        return super().get_context_data(**{**extra, **kwargs})


def newer_of(report):
    """The revision over this report, written or issued; None when there is none."""
    return getattr(report, "superseded_by", None)


def picture_pages(pdf):
    """The pages as data addresses: no second request, nothing stored anywhere."""
    pictures = preview_pages(pdf)
    return [f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in pictures]


def unsaved(count):
    return ngettext(
        "Not saved yet: %(count)d thing to mend", "Not saved yet: %(count)d things to mend", count
    ) % {"count": count}


def located(report, reasons, meetings):
    """[(address, message)]: each thing missing with the place where it is cured."""
    return [(place_of(report, where, meetings), message) for where, message in reasons]


def place_of(report, where, meetings):
    """The anchor of a field like "actions-2-owner", or the page of the meeting."""
    if where in ("items", "end"):
        return meeting_place(where, meetings)
    prefix, _dash, rest = where.partition("-")
    position, _dash, name = rest.partition("-")
    if position.isdigit():
        return f"{edit_url(report)}#id_{prefix}-{int(position) - 1}-{name}"
    section = prefix in ("points", "actions")
    return f"{edit_url(report)}#{prefix if section else f'id_{prefix}'}"


def meeting_place(where, meetings):
    sit_down = next((row for row in meetings if row.is_sit_down), None)
    if sit_down is None:
        return ""
    name = "meeting_outcomes" if where == "items" else "meeting_hold"
    return reverse(f"meetings:{name}", args=[sit_down.pk])
