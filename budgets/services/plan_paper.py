"""What the chain of signed papers has to know of media plans (3.8)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from archives.kinds import Kind
from archives.papers import draw_number
from budgets.frozen import frozen_plan
from budgets.models import MediaPlan
from budgets.papers.plan import plan_client, plan_internal
from budgets.services import plan as drafts
from budgets.services.plan_revising import carry_marks, has_begun
from budgets.sums import media_line_sums, plan_totals
from jobs.models import OutgoingCheck
from jobs.services.papers import PaperKind

FACES = {
    "client": ("budgets/pdf/plan_client.html", plan_client),
    "internal": ("budgets/pdf/plan_internal.html", plan_internal),
}


class PlanKind(PaperKind):
    name = "plan"
    letters = "MP"
    filed = Kind.MEDIA_PLAN
    check = OutgoingCheck.Kind.MEDIA_PLAN
    edit_right = drafts.RIGHT
    letter = "budgets/mail/plan_sent.txt"
    sign_page = "budgets/plan_sign.html"
    ended = gettext_lazy("This job has ended: no media plan is submitted any more.")
    not_due = gettext_lazy("This step is not due: the media plan is “%(state)s”.")
    own_paper = gettext_lazy("Whoever wrote or changed a media plan does not approve it.")
    wrong_total = gettext_lazy("Your own addition does not give the total of the media plan.")
    not_open = gettext_lazy("This media plan is not open for signature any more.")
    was_valid = gettext_lazy("This media plan was valid until %(day)s.")
    gone = gettext_lazy("This media plan counts no more")

    def face(self, name):
        return FACES[name]

    def title(self, paper):
        return gettext_noop("Media plan")

    def versions(self, paper):
        return MediaPlan.objects.filter(job=paper.job_id)

    def gaps(self, paper):
        """Lines with month and price, the brief; what has run or missed stays in the plan."""
        lines = list(paper.lines.all())
        yield from drafts.gaps(paper, lines)
        yield from _left_out(paper, {line.thread for line in lines})

    def recalculate(self, paper):
        drafts.recalculate_plan(paper)

    def number(self, paper, at):
        """LM/MP/2026/004; the next version keeps it (7)."""
        earlier = self.versions(paper).exclude(number="").first()
        return earlier.number if earlier else draw_number(paper.job.client, self.letters, at)

    def lines(self, paper):
        return list(paper.lines.all())

    def data(self, paper, lines):
        return frozen_plan(paper, lines)

    def adds_up(self, paper, lines):
        sums = plan_totals(lines, paper.mode, paper.vat_rate)
        is_same = all(getattr(sums, name) == getattr(paper, name) for name in drafts.SUMS)
        return is_same and all(_adds_up(line, paper) for line in lines)

    def net(self, paper):
        return paper.client_net

    def cost(self, paper):
        return paper.payable

    def gives_way(self, paper):
        return list(MediaPlan.objects.signed().filter(job=paper.job_id).exclude(pk=paper.pk))

    def in_force(self, paper, former):
        """Bookings, runs and their proofs go on with the version that is signed now."""
        for old in former:
            carry_marks(old, paper)


def _left_out(paper, threads):
    """A line that has run, or was missed, is a fact: only months to come can be cut (3.8)."""
    for former in MediaPlan.objects.signed().filter(job=paper.job_id).exclude(pk=paper.pk):
        for line in has_begun(former).exclude(thread__in=threads):
            yield (
                "",
                _("“%(line)s” of the signed plan has run or was missed: it stays in the plan.")
                % {"line": line},
            )


def _adds_up(line, paper):
    sums = media_line_sums(
        line.runs, line.unit_gross, line.discount_rate, line.fixed_price, paper.commission_rate,
        paper.service_fee_rate,
    )  # fmt: skip
    return all(getattr(sums, name) == getattr(line, name) for name in drafts.LINE_SUMS)


PLAN = PlanKind()
