"""Writing the weekly report: all its lines on one page, or one after the other each day (R31, R32).

Each line is saved by itself: what one line lacks, or another person has changed in it, keeps no
other from being saved, and nothing typed is lost (C7).
"""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.cast import Cast
from accounts.views.about import VerbAsks
from agency.common.errors import Refused, Stale
from agency.common.forms import INCOMPLETE
from meetings.deadline import local_day
from meetings.forms.status import LineForm, SummaryForm
from meetings.models import StatusReport
from meetings.reports import status_problems as reports
from meetings.reports.status_drawn import drawn_sections, marks_of, wants_of
from meetings.services import status as service
from meetings.services import status_lines as writing
from meetings.views.status import State, StatusPage


class Writes(VerbAsks, StatusPage):
    """Mixin: lines in forms, each saved by its own verb."""

    permission = "meetings.edit_status"

    def get(self, request, *args, **kwargs):
        if self.report.state not in StatusReport.UNISSUED:
            return HttpResponseRedirect(self.report.get_absolute_url())
        return super().get(request, *args, **kwargs)

    @cached_property
    def cast(self):
        named = [person for line in self.lines for person in (line.next_user, line.next_contact)]
        return Cast(self.client, self.now, me=self.request.user, also=named)

    @cached_property
    def today(self):
        return local_day(self.client, self.now)

    is_daily = False

    def form_of(self, line, data=None):
        kwargs = {"cast": self.cast, "corrects": self.corrects, "is_daily": self.is_daily}
        return LineForm(line, data=data, **kwargs)

    def save_line(self, form):
        """True if all that was typed is kept; else the form says why it is not."""
        if not form.is_valid():
            return False
        try:
            self.write(form)
        except Stale:
            form.take_over(self.stored(form.line))
        except Refused as error:
            form.refuse(error)
        return form.theirs is None and not form.errors

    def stored(self, line):
        rows = self.report.lines.select_related("next_user", "next_contact")
        return rows.filter(pk=line.pk).first() or line

    def write(self, form):
        line, version = form.line, form.cleaned_data["version"]
        if form.is_touched:
            change = writing.correct_line if self.corrects else writing.edit_line
            line = change(line=line, typed=self.values(form), row_version=version, **self.who())
            version = line.row_version
        if reason := form.cleaned_data.get("reason", ""):
            writing.confirm_line(line=line, reason=reason, row_version=version, **self.who())

    def values(self, form):
        typed = form.values()
        if "is_over" in form.fields:
            over = form.cleaned_data["is_over"]
            typed["ended_on"] = (form.line.ended_on or self.today) if over else None
        return typed

    def read_again(self):
        """Forget what was read before the lines were saved."""
        for name in ("object", "lines", "cast", "corrects", "is_another"):
            self.__dict__.pop(name, None)


class StatusUpdate(Writes):
    """Everything on one page: the AE writes, or the AM corrects before signing."""

    template_name = "meetings/status_form.html"

    def get_page_title(self):
        return _("Correct the report") if self.corrects else _("Write the report")

    def post(self, request, *args, **kwargs):
        sent = [self.form_of(line, request.POST) for line in self.lines if self.is_sent(line)]
        if not sent and "summary" not in request.POST:
            messages.error(request, INCOMPLETE)
            return self.again([], None)
        self.tell_gone({str(form.line.pk) for form in sent})
        kept = [form for form in sent if not self.save_line(form)]
        summary = self.save_summary()
        self.read_again()
        if kept or summary is not None:
            return self.again(kept, summary)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path)

    def is_sent(self, line):
        """A line that came in while the page was open is not on it."""
        return f"line-{line.pk}-version" in self.request.POST

    def tell_gone(self, known):
        """What was typed into a line that somebody took out meanwhile is not lost either."""
        for name, text in self.request.POST.items():
            key, _dash, field = name.removeprefix("line-").partition("-")
            if field in ("current", "next_step") and text and key not in known:
                words = _("This line has been taken out meanwhile: %(text)s") % {"text": text}
                messages.warning(self.request, words)

    def save_summary(self):
        """None when it is kept or was not sent, else its form."""
        if "summary" not in self.request.POST:
            return None
        form = SummaryForm(self.report, self.request.POST)
        return None if form.is_valid() and self.keep_summary(form) else form

    def keep_summary(self, form):
        if not form.is_touched:
            return True
        if form.is_stale:
            form.take_over(self.report)
            return False
        try:
            summary = form.cleaned_data["summary"]
            change = service.correct_summary if self.corrects else service.edit_summary
            change(report=self.report, summary=summary, **self.who())
        except Refused as error:
            form.refuse(error)
        return not form.errors

    def again(self, kept, summary):
        """What could not be kept stands as typed; beside it what is stored now."""
        is_stale = any(form.theirs for form in [*kept, *filter(None, [summary])])
        context = self.get_context_data(kept={form.line.pk: form for form in kept}, summary=summary)
        return self.render_to_response(context, status=409 if is_stale else 422)

    def get_context_data(self, kept=None, summary=None, **kwargs):
        lines = self.lines
        problems = reports.problems(self.report, self.now, lines)
        sections = drawn_sections(lines, reports.stale(self.report, self.now, lines))
        for section in sections:
            section["forms"] = [
                self.drawn(line, (kept or {}).get(line.pk), problems) for line in section["lines"]
            ]
        extra = {
            "sections": sections,
            "problems": problems,
            "kept": list((kept or {}).values()),
            "summary": summary or SummaryForm(self.report),
            "corrects": self.corrects,
            "undoes": not self.report.is_draft and not self.corrects,
        }
        return super().get_context_data(**{**extra, **kwargs})

    def drawn(self, line, kept, problems):
        form = kept or self.form_of(line)
        form.line = line
        form.problems = [one for one in problems if one.line == line]
        return form


class StatusDay(Writes):
    """The daily two minutes: one line after the other, on a phone (R31)."""

    template_name = "meetings/status_day.html"
    is_daily = True
    page_title = gettext_lazy("Daily update")

    def get(self, request, *args, **kwargs):
        if self.report.state == State.SIGNED:
            return HttpResponseRedirect(self.report.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        line = self.line_at(request.POST.get("line", ""))
        if line is None:
            return self.lost()
        form = self.form_of(line, request.POST)
        if not self.save_line(form) or self.lacks_reason(form):
            self.read_again()
            status = 409 if form.theirs else 422
            return self.render_to_response(self.get_context_data(form=form), status=status)
        self.read_again()
        return self.onward(line)

    def lost(self):
        """The line was taken out or ended meanwhile: what was typed into it is shown."""
        typed = [text for name, text in self.request.POST.items() if name.startswith("line-")]
        words = _("This line is no longer open. You typed: %(text)s")
        messages.error(self.request, words % {"text": " · ".join(filter(None, typed)) or "–"})
        return self.render_to_response(self.get_context_data(), status=422)

    def lacks_reason(self, form):
        """The button says that nothing changed: it wants to know why (Z16)."""
        asked = self.request.POST.get("do") == "unchanged" and "reason" in form.fields
        if asked and not form.cleaned_data["reason"]:
            form.add_error("reason", _("Say why nothing changed."))
        return bool(form.errors)

    def onward(self, line):
        """To the next line that waits; to the same one if it says nothing new yet."""
        now = self.line_at(str(line.pk))  # None once its work has ended
        if now and not self.is_fresh(now):
            words = _("Saved. It says what it said before: to be up to date it needs a reason.")
            messages.warning(self.request, words)
            return HttpResponseRedirect(self.address(now))
        after = [one for one in self.waiting if one.position >= line.position]
        following = next(iter(after or self.waiting), None)
        return HttpResponseRedirect(self.address(following) if following else self.request.path)

    def address(self, line):
        return f"{reverse('meetings:status_day', args=[self.report.pk])}?line={line.pk}"

    def line_at(self, key):
        return next((line for line in self.daily if str(line.pk) == key), None)

    @property
    def daily(self):
        """Lines whose work goes on."""
        return [line for line in reports.worked(self.lines) if not line.ended_on]

    @property
    def waiting(self):
        return [line for line in self.daily if not self.is_fresh(line)]

    def is_fresh(self, line):
        return line.touched_at is not None and local_day(self.client, line.touched_at) == self.today

    def get_context_data(self, form=None, **kwargs):
        daily, waiting = self.daily, self.waiting
        asked = self.line_at(self.request.GET.get("line", ""))
        line = form.line if form else asked or next(iter(waiting), None)
        stale = reports.stale(self.report, self.now, self.lines)
        for one in daily:
            one.is_fresh = self.is_fresh(one)
            one.marks, one.wants = marks_of(one, stale), wants_of(one)
        extra = {
            "line": line and self.line_at(str(line.pk)),
            "form": form or (self.form_of(line) if line else None),
            "daily": daily,
            "done": len(daily) - len(waiting),
            "following": self.following(line, waiting),
            "corrects": self.corrects,
        }
        return super().get_context_data(**{**extra, **kwargs})

    def following(self, line, waiting):
        """Where "Later" leads: the next one that waits."""
        others = [one for one in waiting if line and one.pk != line.pk]
        after = [one for one in others if one.position >= line.position]
        found = next(iter(after or others), None)
        return self.address(found) if found else ""
