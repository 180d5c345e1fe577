"""Media lines that wait: month past without a proof, missed and not settled (3.8, R69)."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.awaiting import Source
from accounts.models import User
from budgets.models import Invoice, InvoiceLine, MediaLine, MediaPlan
from budgets.services.plan_runs import credits_of, month_before
from jobs.models import Job


def settled(threads):
    """The threads that an issued credit note has given back."""
    return set(credits_of(list(threads)).values_list("media_line__thread", flat=True))


def unsettled(rows):
    """Missed lines that neither another line nor a credit note has made up for."""
    credit = InvoiceLine.objects.filter(
        media_line__thread=OuterRef("thread"), invoice__kind=Invoice.Kind.CREDIT,
        invoice__state__in=Invoice.OUT,
    )  # fmt: skip
    return rows.missed().filter(~Exists(credit))


def _plans_of(mine, at):
    """Signed plans that the person answers for: the AE, and media on jobs it has work on."""
    rows = MediaPlan.objects.signed()
    if mine.user.role == User.Role.DEPARTMENT:
        if mine.user.department != "media":
            return rows.none()
        return rows.filter(job__in=Job.objects.visible_to(mine.user, at))
    return rows.filter(mine.where("job__ae", "job__client"))


def unproved(mine, at):
    lines = MediaLine.objects.filter(plan=OuterRef("pk")).unproved(month_before(at))
    return _plans_of(mine, at).filter(Exists(lines))


def missed(mine, at):
    lines = unsettled(MediaLine.objects.filter(plan=OuterRef("pk")))
    return _plans_of(mine, at).filter(Exists(lines))


SOURCES = (
    Source(
        "media proof",
        unproved,
        _("File proofs"),
        _("Proof missing: %(title)s %(number)s"),
        _("File"),
        "budgets:plan_runs",
        title="title",
        number="number",
        person="job__ae_id",
    ),
    Source(
        "media missed",
        missed,
        _("Settle missed runs"),
        _("Missed and not made good: %(title)s %(number)s"),
        _("Settle"),
        "budgets:plan_runs",
        title="title",
        number="number",
        person="job__ae_id",
    ),
)
