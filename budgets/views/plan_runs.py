"""Booking and running: what is booked, what ran with its proof, what was missed (3.8)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.forms import ReasonForm
from agency.common.nav import OWN
from agency.common.views import Column, ListPage
from archives.kinds import Kind
from archives.models import Document
from archives.services import file_upload
from budgets.forms.plan import BookForm, MakeGoodForm, MissedForm, RunFilter, RunForm, line_words
from budgets.models import MediaLine
from budgets.reports.plan_runs import settled, unsettled
from budgets.services import plan_runs as service
from budgets.views.plan_base import LinePage, PlanPage, PlansOnly
from budgets.wording import month_text
from jobs.views.base import JobFormPage, JobPlainPage, JobVerbView

Run = MediaLine.Run
TONES = {Run.RUN: "green", Run.MADE_GOOD: "green", Run.MISSED: "red"}


def runs_url(plan):
    return reverse("budgets:plan_runs", args=[plan.pk])


class BackToRuns:
    """Mixin, put first: the way back leads to the runs of the plan."""

    def get_success_url(self):
        return runs_url(self.plan)

    def get_cancel_url(self):
        return runs_url(self.plan)


class PlanRuns(PlanPage, JobPlainPage):
    """The lines of a plan: booked, run, missed, each with what can be done next."""

    permission = "budgets.view_money"
    template_name = "budgets/plan_runs.html"
    page_title = gettext_lazy("Booking and running")

    def get_context_data(self, **kwargs):
        lines = list(self.plan.lines.select_related("supplier", "proof", "made_good_by"))
        given_back = settled(line.thread for line in lines)
        begun = service.month_at(self.client, self.now)
        for line in lines:
            line.has_begun = line.month <= begun
            line.is_over = line.month < begun
            line.is_credited = line.thread in given_back
        extra = {
            "lines": lines,
            "is_signed": self.plan.state == self.plan.State.SIGNED,
            "unbooked": any(not line.booked_on and line.run_ok == Run.OPEN for line in lines),
        }
        return super().get_context_data(**{**extra, **kwargs})


class PlanBook(BackToRuns, PlanPage, JobFormPage):
    form_class = BookForm
    template_name = "budgets/plan_book.html"
    page_title = gettext_lazy("Book lines")
    page_lead = gettext_lazy("Lines are booked once the client has signed.")
    button = gettext_lazy("Note the booking")
    done = gettext_lazy("The booking is noted.")

    def get_initial(self):
        return {"booked_on": timezone.localdate(self.now)}

    def get_form_kwargs(self):
        lines = self.plan.lines.filter(run_ok=Run.OPEN, booked_on__isnull=True)
        kwargs = {"lines": lines, "row_version": self.plan.row_version}
        return {**super().get_form_kwargs(), **kwargs}

    def act(self, form):
        return service.book_lines(plan=self.plan, **self.who(), **form.cleaned_data)


class LineRun(BackToRuns, LinePage, PlanPage, JobFormPage):
    """Pages about one line of a signed plan."""

    def get_page_lead(self):
        return line_words(self.object)

    @cached_property
    def papers(self):
        papers = Document.objects.visible_to(self.request.user).filter(client=self.client)
        return papers.filter(kind=Kind.CLIPPING).exclude(state=Document.State.VOID)

    def proved(self, form, verb):
        """The verb with its proof: filed with it, both or neither, or chosen in the archive."""
        typed = dict(form.cleaned_data)
        upload, proof = typed.pop("file"), typed.pop("proof")
        if upload is None:
            return verb(proof=proof, **typed)
        return file_upload(
            client=self.client,
            kind=Kind.CLIPPING,
            upload=upload,
            face="internal",
            title=f"{self.object.vehicle} {month_text(self.object.month)}",
            dated_on=timezone.localdate(self.now),
            job_numbers=[self.job.number],
            then=lambda paper: verb(proof=paper, **typed),
            **self.who(),
        )


class PlanRun(LineRun):
    """It has run: with its proof."""

    form_class = RunForm
    page_title = gettext_lazy("It has run")
    button = gettext_lazy("Note the run")
    done = gettext_lazy("Noted, with its proof.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "papers": self.papers}

    def act(self, form):
        return self.proved(form, self.ran)

    def ran(self, **typed):
        return service.run_line(line=self.object, **self.who(), **typed)


class PlanMissed(LineRun):
    form_class = MissedForm
    page_title = gettext_lazy("It was missed")
    button = gettext_lazy("Note that it was missed")
    done = gettext_lazy("Noted: it has to be made good, or credited.")

    def act(self, form):
        return service.miss_line(line=self.object, **self.who(), **form.cleaned_data)


class PlanMakeGood(LineRun):
    """A missed line was made up for: by a line that ran, or by runs with their proof."""

    form_class = MakeGoodForm
    page_title = gettext_lazy("Made good")
    button = gettext_lazy("Note the make-good")
    done = gettext_lazy("The missed run is made good.")

    def get_form_kwargs(self):
        lines = self.plan.lines.filter(run_ok=Run.RUN, makes_good__isnull=True)
        return {**super().get_form_kwargs(), "papers": self.papers, "lines": lines}

    def act(self, form):
        return self.proved(form, self.made_good)

    def made_good(self, line=None, **typed):
        return service.make_good(line=self.object, with_line=line, **self.who(), **typed)


class PlanUnbook(BackToRuns, LinePage, PlanPage, JobVerbView):
    form_class = ReasonForm
    page_title = gettext_lazy("Take the booking back")
    button = gettext_lazy("Take it back")
    keep = gettext_lazy("Keep it")
    done = gettext_lazy("The line is not booked any more.")

    def get_consequence(self):
        return self.object.vehicle

    def act(self, form):
        return service.unbook_line(line=self.object, **self.who(), **form.cleaned_data)


def run_tone(row):
    return TONES.get(row.run_ok, "")


def run_word(row):
    if row.run_ok == Run.OPEN:
        return _("booked") if row.booked_on else _("not booked")
    return row.get_run_ok_display()


class RunList(PlansOnly, ListPage):
    """Lines of signed plans: by default those of past months about which nobody said anything."""

    permission = "budgets.view_money"
    permission_on = OWN
    template_name = "budgets/list.html"
    page_title = gettext_lazy("Media runs")
    page_lead = gettext_lazy(
        "Lines whose month is past need a proof, or the word that they missed."
    )
    sheet_name = "media-runs"
    filter_form = RunFilter
    sorts = {"month": ("month", "pk"), "price": ("media_price", "pk")}
    default_sort = "month"
    empty_title = gettext_lazy("Nothing is open")
    empty_text = gettext_lazy("Every line whose month is past has its proof.")
    columns = [
        Column(
            gettext_lazy("Line"), "vehicle", url=lambda row: runs_url(row.plan),
            small=lambda row: row.get_medium_display(),
        ),
        Column(gettext_lazy("Month"), lambda row: month_text(row.month), "short", sort="month"),
        Column(gettext_lazy("Plan"), "plan", "code"),
        Column(gettext_lazy("Client"), "plan.job.client"),
        Column(gettext_lazy("AE"), "plan.job.ae"),
        Column(gettext_lazy("Runs"), "runs", "number"),
        Column(gettext_lazy("Booked on"), "booked_on", "date"),
        Column(gettext_lazy("Run"), run_word, "badge", tone=run_tone),
        Column(gettext_lazy("Currency"), "plan.currency"),
        Column(gettext_lazy("Media price"), "media_price", "money", sort="price"),
    ]  # fmt: skip

    def rows(self):
        rows = MediaLine.objects.visible_to(self.request.user).in_force()
        return rows.select_related("plan__job__client", "plan__job__ae")

    def narrow(self, rows, client=None, which="", month=None):
        if client is not None:
            rows = rows.filter(plan__job__client=client)
        if month is not None:
            rows = rows.filter(month=month)
        return self.which(rows, which)

    def get_queryset(self):
        """Without a filter, too, the list is that of what is open."""
        rows = super().get_queryset()
        return rows if "which" in self.wanted else self.which(rows, "")

    def which(self, rows, asked):
        if asked == "unbooked":
            return rows.unbooked()
        if asked == "missed":
            return unsettled(rows)
        if asked:
            return rows.filter(run_ok=asked)
        return rows if self.wanted.get("month") else rows.unproved(service.month_before(self.now))

    def get_filter_kwargs(self):
        return {"user": self.request.user}
