"""What the chain has to know of estimates and change orders (3.6)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from archives.kinds import Kind
from archives.papers import draw_number
from jobs.frozen import frozen_data, frozen_lines
from jobs.models import Estimate, OutgoingCheck
from jobs.papers.estimate import estimate_client, estimate_internal
from jobs.services import estimate as drafts
from jobs.services.papers import PaperKind
from jobs.sums import line_sums, totals

FACES = {
    "client": ("jobs/pdf/estimate_client.html", estimate_client),
    "internal": ("jobs/pdf/estimate_internal.html", estimate_internal),
}
WORDS = {False: gettext_noop("Production estimate"), True: gettext_noop("Change order")}


class EstimateKind(PaperKind):
    name = "estimate"
    letters = "PE"
    filed = Kind.ESTIMATE
    check = OutgoingCheck.Kind.ESTIMATE
    edit_right = drafts.RIGHT
    letter = "jobs/mail/estimate_sent.txt"
    sign_page = "jobs/sign_estimate.html"
    ended = gettext_lazy("This job has ended: no estimate is submitted any more.")
    not_due = gettext_lazy("This step is not due: the estimate is “%(state)s”.")
    own_paper = gettext_lazy("Whoever wrote or changed an estimate does not approve it.")
    wrong_total = gettext_lazy("Your own addition does not give the total of the estimate.")
    not_open = gettext_lazy("This estimate is not open for signature any more.")
    was_valid = gettext_lazy("This estimate was valid until %(day)s.")
    gone = gettext_lazy("This estimate counts no more")

    def face(self, name):
        return FACES[name]

    def title(self, paper):
        return WORDS[paper.is_change_order]

    def versions(self, paper):
        return Estimate.objects.filter(job=paper.job_id, change=paper.change)

    def gaps(self, paper):
        """Lines, deliverables (R58), quotes (R78), the brief; a base below 0 nowhere (R60)."""
        yield from drafts.gaps(paper)
        if not paper.is_change_order:
            yield from _below_zero(paper)

    def recalculate(self, paper):
        drafts.recalculate(paper)

    def number(self, paper, at):
        """LM/PE/2026/014; a change order goes by its base, a revision keeps the number (7)."""
        family = Estimate.objects.filter(job=paper.job_id).exclude(number="")
        if paper.is_change_order:
            base = family.filter(change=0).latest("revision")
            return f"{base.number}/CO{paper.change}"
        earlier = family.filter(change=0).first()
        return earlier.number if earlier else draw_number(paper.job.client, self.letters, at)

    def lines(self, paper):
        return frozen_lines(paper)

    def data(self, paper, lines):
        return frozen_data(paper, lines)

    def adds_up(self, paper, lines):
        sums = totals(lines, paper.contingency_rate, paper.vat_rate)
        is_same = all(getattr(sums, name) == getattr(paper, name) for name in drafts.SUMS)
        return is_same and all(_adds_up(line) for line in lines)

    def net(self, paper):
        return paper.net

    def cost(self, paper):
        return paper.cost

    def gives_way(self, paper):
        """The base signed before, and the change orders that the new one takes in."""
        if paper.is_change_order:
            return []
        signed = Estimate.objects.signed()
        bases = signed.filter(job=paper.job_id, change=0).exclude(pk=paper.pk)
        listed = signed.filter(pk__in=paper.includes.values("pk"))
        return sorted({*bases, *listed}, key=lambda one: one.pk)


def _below_zero(paper):
    """Less than 0 stands only in a change order, whichever way the line came in (R60)."""
    for line in paper.lines.all():
        if line.price < 0 or line.cost < 0:
            yield (
                "",
                _("“%(line)s” is less than 0, which is possible only in a change order.")
                % {"line": line},
            )


def _adds_up(line):
    sums = line_sums(line.quantity, line.unit_cost, line.markup_rate, line.fixed_price)
    return sums == (line.cost, line.price)


ESTIMATE = EstimateKind()
