"""A meeting while it goes on: one page, every line kept at once, and its end (R12–R14)."""

import hashlib

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import Cast
from accounts.views.about import VerbAsks
from agency.common.pages import wants_json
from agency.common.wording import colon
from meetings import services
from meetings.forms.hold import ChairForm, ChangeLineForm, ItemActForm, LineForm, PresentForm
from meetings.forms.meeting import HoldForm
from meetings.models import AgendaItem, HoldLine, Meeting
from meetings.reports.hold import is_open, item_rows, last_decisions
from meetings.services.chair import chair_of
from meetings.spoken import spelt
from meetings.views.base import (
    ClientFormPage,
    ClientPlainPage,
    ClientVerbView,
    MeetingRows,
    client_crumbs,
    edit_url,
    meeting_url,
)

RUN = "meetings.run_meeting"
KINDS = [(kind, HoldLine.Kind(kind).label) for kind in "dca"]


def hold_url(meeting, item=None):
    place = f"#item-{item.pk}" if item else ""
    return reverse("meetings:meeting_hold", args=[meeting.pk]) + place


class HeldRows(MeetingRows):
    """Sit-down meetings that people were invited to; what is closed can still be read."""

    permission = RUN

    def rows(self):
        return super().rows().sit_down().exclude(state=Meeting.State.DRAFT)

    @cached_property
    def attendees(self):
        return list(self.object.attendees.select_related("user", "contact"))

    @cached_property
    def cast(self):
        return Cast(self.client, self.now, me=self.request.user)

    def live(self):
        """What others may change while one types: items, lines, timers, attendance."""
        rows, loose = item_rows(self.object, self.now)
        return {
            "meeting": self.object,
            "rows": rows,
            "loose": loose,
            "attendees": self.attendees,
            "is_open": is_open(self.object),
            "is_ahead": self.object.state in Meeting.INVITED,
            "outcomes": AgendaItem.Outcome.choices[1:],
            "client": self.client,
            "now": self.now,
        }

    def answer(self):
        """The page's live parts for its script; 204 when it has them already."""
        html = render_to_string("meetings/hold/_live.html", {**self.live(), "is_live": True})
        stamp = hashlib.sha256(html.encode()).hexdigest()[:16]
        if self.request.GET.get("seen") == stamp:
            return HttpResponse(status=204)
        token = get_token(self.request)
        return JsonResponse({"html": html, "stamp": stamp, "token": token})


class MeetingHold(HeldRows, ClientFormPage):
    """Hold it: agenda with timers and lines; at its foot who was there and until when."""

    form_class = HoldForm
    template_name = "meetings/meeting_hold.html"
    button = _("Note the end and write the report")

    def get_page_title(self):
        return str(self.object)

    def get_crumbs(self):
        return [*client_crumbs(self.client), (str(self.object), meeting_url(self.object))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "at": self.now, "attendees": self.attendees}

    def get_initial(self):
        present = [str(row.pk) for row in self.attendees if row.present]
        return {"ended_at": min(self.object.planned_end, self.now), "present": present}

    def act(self, form):
        is_button = self.request.POST.get("do") == "now"
        return services.hold_meeting(
            meeting=self.object,
            ended_at=self.now if is_button else form.cleaned_data["ended_at"],
            present=form.present_ids,
            source=Meeting.EndSource.BUTTON if is_button else Meeting.EndSource.ENTERED,
            row_version=form.cleaned_data["row_version"],
            by=self.request.user,
            at=self.now,
        )

    def get_success_url(self):
        return edit_url(self.result)

    def get_context_data(self, **kwargs):
        live = self.live()
        last, decisions = last_decisions(self.object)
        extra = {
            "chair": chair_of(self.object),
            "last": last,
            "decisions": decisions,
            "entries": [(row, self.line_form(row.item)) for row in live["rows"]],
            "loose_form": self.line_form(None),
            "kinds": KINDS,
            "has_begun": self.object.starts_at <= self.now,
        }
        return super().get_context_data(**{**live, **extra, **kwargs})

    def line_form(self, item):
        key = item.pk if item else "0"
        initial = {"item": item and item.pk}
        ids = f"id_{key}_%s"
        return LineForm(items=[], cast=self.cast, initial=initial, auto_id=ids)


class HoldNow(HeldRows, ClientPlainPage):
    """What stands there now; the page asks for it every few seconds."""

    def get(self, request, *args, **kwargs):
        return self.answer()


class HoldPost(VerbAsks, HeldRows, ClientFormPage):
    """Something done on the page: back to it, or its live parts for the script."""

    page_title = _("Write down")
    button = _("Save")

    def form_valid(self, form):
        answer = super().form_valid(form)
        is_done = answer.status_code == HttpResponseRedirect.status_code
        return self.answer() if is_done and wants_json(self.request) else answer

    def form_invalid(self, form):
        if wants_json(self.request):
            told = [message for errors in form.errors.values() for message in errors]
            return JsonResponse({"message": " ".join(told)}, status=422)
        return super().form_invalid(form)

    def who(self):
        return {"by": self.request.user, "at": self.now}

    def get_success_url(self):
        return hold_url(self.object)


class LineAdd(HoldPost):
    """A new line: its script gets nothing but that line, however much was said before."""

    form_class = LineForm

    def rows(self):
        return super().rows().select_related(None).select_related("client")

    def answer(self):
        line = self.result
        if line.is_removed:  # sent again after somebody had taken it away
            return super().answer()
        asked = {"line": line, "is_open": is_open(self.object), "is_live": True}
        html = render_to_string("meetings/hold/_line.html", asked)
        place = str(line.item_id or 0)
        return JsonResponse({"line": html, "place": place, "token": get_token(self.request)})

    def get_form_kwargs(self):
        extra = {"items": self.object.items.all(), "cast": self.cast}
        return {**super().get_form_kwargs(), **extra}

    def act(self, form):
        typed = form.cleaned_data
        beside = {name: typed[name] for name in ("typed", "kind", "owner", "due_on")}
        return services.add_line(
            meeting=self.object,
            key=typed["key"],
            item=typed["item"],
            said=services.Said(cast=self.cast, **beside),
            **self.who(),
        )

    def get_success_url(self):
        return hold_url(self.object, self.result.item)


class ItemAct(HoldPost):
    form_class = ItemActForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "items": self.object.items.all()}

    def act(self, form):
        typed = form.cleaned_data
        item, do, ago = typed["item"], typed["do"], typed["ago"] or 0
        if do == "start":
            return services.start_item(item=item, ago=ago, **self.who())
        if do == "stop":
            return services.stop_item(item=item, ago=ago, **self.who())
        return services.set_outcome(item=item, outcome=do, **self.who())

    def get_success_url(self):
        return hold_url(self.object, self.result)


class PresentAct(HoldPost):
    form_class = PresentForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "attendees": self.attendees}

    def act(self, form):
        return services.set_present(**form.cleaned_data, **self.who())

    def answer(self):
        del self.attendees
        return super().answer()


class LineRows(HeldRows):
    """Pages about one line of a meeting."""

    @cached_property
    def line(self):
        found = HoldLine.objects.filter(meeting__in=self.rows().order_by())
        known = found.select_related("meeting", "item", "user", "contact")
        return get_object_or_404(known, pk=self.kwargs["pk"])

    @cached_property
    def object(self):
        return get_object_or_404(self.rows(), pk=self.line.meeting_id)

    def get_success_url(self):
        return hold_url(self.object, self.line.item)

    get_cancel_url = get_success_url


class LineChange(LineRows, HoldPost):
    """Other words for a line."""

    form_class = ChangeLineForm
    page_title = _("Change this line")
    button = _("Keep these words")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "row_version": self.line.row_version}

    def get_initial(self):
        return {"typed": spelt(self.line)}

    def act(self, form):
        line, typed = self.line, form.cleaned_data
        cast = Cast(self.client, self.now, me=self.request.user, also=(line.user, line.contact))
        said = services.Said(typed["typed"], cast, kind=line.kind)
        return services.change_line(
            line=line, said=said, row_version=typed["row_version"], **self.who()
        )


class LineRemove(LineRows, HoldPost, ClientVerbView):
    """Take a line away; its words stay in the trail."""

    page_title = _("Remove this line")
    button = _("Remove the line")
    keep = _("Keep it")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "row_version": self.line.row_version}

    def get_consequence(self):
        return f"{self.line.get_kind_display()}{colon()}{self.line}"

    def act(self, form):
        return services.remove_line(line=self.line, **form.cleaned_data, **self.who())


class MeetingChair(MeetingRows, ClientFormPage):
    """Who chairs, and the background (R12)."""

    permission = RUN
    form_class = ChairForm
    page_title = _("Chair and background")
    button = _("Keep chair and background")

    def rows(self):
        return super().rows().sit_down()

    def get_form_kwargs(self):
        rows = self.object.attendees.filter(user__isnull=False).select_related("user")
        return {**super().get_form_kwargs(), "users": [row.user for row in rows]}

    def get_initial(self):
        return {"chair": self.object.chair_id or "", "background": self.object.background}

    def act(self, form):
        who = {"by": self.request.user, "at": self.now}
        return services.set_chair(meeting=self.object, **form.cleaned_data, **who)

    def get_success_url(self):
        ahead = self.object.state != Meeting.State.DRAFT and self.object.starts_at <= self.now
        return hold_url(self.object) if ahead else meeting_url(self.object)

    get_cancel_url = get_success_url
