"""A media plan on its way: its page with the steps, the verbs inside our house and beyond."""

from django.utils.translation import gettext_lazy as _

from agency.common.forms import ReasonForm, VerbForm
from archives.kinds import Medium
from budgets.models import MediaPlan
from budgets.reports.standing import after_signing
from budgets.services.access import is_media
from budgets.services.plan_revising import revise_plan
from budgets.sums import plan_totals
from jobs.views import paper_signing, papers
from jobs.views.base import JobPlainPage
from jobs.views.papers import ENDED, State


class PlanRows(papers.PaperRows):
    """Mixin, put first: pages about a media plan in one of `states`."""

    model = MediaPlan

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"plan": self.paper, **kwargs})


class Readable(PlanRows):
    """Mixin, put first: read by whom sees the client's money, and by media at work on the job."""

    permission = "budgets.view_money"

    def may_enter(self):
        user = self.request.user
        return self.may(self.permission, own=is_media(user))


class PlanDetail(Readable, JobPlainPage):
    """Whose turn it is, what was said, every line and sum; our income only for who may see it."""

    template_name = "budgets/plan_detail.html"
    page_title = _("Media plan")
    beside = (
        *PlanRows.beside, "brief", "submitted_by", "sent_to", "client_document",
        "internal_document", "answer__recorded_by", "supersedes",
    )  # fmt: skip

    def get_context_data(self, **kwargs):
        extra = {"acts": PlanActs(self), "sees_money": self.may(self.permission)}
        return super().get_context_data(**{**story(self), **extra, **kwargs})


def story(page):
    """What the page and the approval show of a plan, in a constant number of queries."""
    row = page.paper
    lines = list(row.lines.select_related("supplier"))
    return {
        "media": by_medium(lines),
        "sums": plan_totals(lines, row.mode, row.vat_rate),
        "sees_inside": page.sees_inside,
        "is_on_top": row.mode == MediaPlan.Mode.ON_TOP,
        "versions": list(page.kind.versions(row).exclude(pk=row.pk).order_by("-revision")),
        **papers.way_of(page),
    }


def by_medium(lines):
    """[(word, lines, gross, media price)] in the order in which the media first come."""
    groups = {}
    for line in lines:
        groups.setdefault(line.medium, []).append(line)
    return [
        (
            Medium(medium).label,
            rows,
            sum(row.gross for row in rows),
            sum(row.media_price for row in rows),
        )
        for medium, rows in groups.items()
    ]


class PlanActs(papers.Acts):
    @property
    def edit(self):
        """The media department writes lines, too, on jobs it has work on."""
        return self._may_write(State.DRAFT)

    @property
    def revise(self):
        return self._may_write(*ENDED) and not self.has_newer

    def _may_write(self, *states):
        own = is_media(self.user)
        return self.row.state in states and self.page.may(self.kind.edit_right, own=own)


class BeforeTheClient(PlanRows):
    """Mixin, put first: how the client's media budget would stand after the signature (R37)."""

    def get_context_data(self, **kwargs):
        row = self.paper
        replaces = row.supersedes.client_net if row.supersedes_id else 0
        after = after_signing(row.job, row.client_net, self.now, replaces)
        return super().get_context_data(**{"after": after, **kwargs})


class PlanFace(PlanRows, papers.PaperFace):
    template_name = "budgets/plan_face.html"


class PlanPdf(PlanRows, papers.PaperPdf):
    pass


class PlanSubmit(PlanRows, papers.PaperSubmit):
    permission = "budgets.edit_plan"
    page_title = _("Hand in the media plan")


class PlanApprove(BeforeTheClient, papers.PaperApprove):
    template_name = "budgets/plan_approve.html"
    page_title = _("Approve the media plan")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{**story(self), **kwargs})


class PlanRefuse(PlanRows, papers.PaperRefuse):
    page_title = _("Refuse the media plan")


class PlanWithdraw(PlanRows, papers.PaperWithdraw):
    page_title = _("Withdraw the media plan")


class PlanSend(BeforeTheClient, paper_signing.PaperSend):
    template_name = "budgets/plan_send.html"


class PlanRenew(PlanRows, paper_signing.PaperRenew):
    page_title = _("Renew the media plan")


class PlanCosts(PlanRows, paper_signing.PaperCosts):
    consequence = _("The media owners' prices still hold: the plan may be renewed as it is.")


class PlanSignPaper(PlanRows, paper_signing.ScanRecord):
    pass


class PlanConfirm(PlanRows, paper_signing.ScanConfirm):
    done = _("Signed: media may be booked.")


class PlanRevise(PlanRows, papers.PaperVerb):
    """The next version; of a signed plan it needs a reason. Media takes up what came back."""

    states = (State.SIGNED, *ENDED)
    permission = "budgets.edit_plan"
    page_title = _("Begin the next version")
    button = _("Begin the version")
    keep = _("Not yet")
    done = _("The draft is begun.")

    @property
    def is_own(self):
        return is_media(self.request.user) and self.paper.state != State.SIGNED

    def get_form_class(self):
        return ReasonForm if self.paper.state == State.SIGNED else VerbForm

    def get_consequence(self):
        if self.paper.state == State.SIGNED:
            return _("The signed plan stays in force until the new version is signed.")
        return _("A new revision with the same lines. Its approvals begin from zero.")

    def act(self, form):
        return revise_plan(plan=self.paper, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return self.result.get_absolute_url()
