"""What a client's year is made of: papers, bills, pots, corrections; and the figures of them."""

from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from agency.common.wording import comma, sum_text
from budgets.constants import AHEAD, BEHIND
from budgets.models.budget import ZERO, Category
from jobs.models import Job

TENTH = Decimal("0.1")
LIVE = (Job.State.APPROVED, Job.State.ACTIVE, Job.State.DELIVERED)
COLUMNS = ("budget", "billed", "in_execution", "unexecuted", "awaiting", "preparing")


@dataclass(frozen=True)
class Standing:
    """A category's figures at a cut-off: budget = billed + in execution + unexecuted."""

    category: str
    budget: Decimal = ZERO
    billed: Decimal = ZERO
    in_execution: Decimal = ZERO
    awaiting: Decimal = ZERO
    preparing: Decimal = ZERO
    planned: Decimal = ZERO
    has_budget: bool = True

    def with_more(self, net):
        """The same with `net` more in execution."""
        return replace(self, in_execution=self.in_execution + net)

    @property
    def label(self):
        return Category(self.category).label if self.category else _("Together")

    @property
    def committed(self):
        return self.billed + self.in_execution

    @property
    def unexecuted(self):
        return self.budget - self.billed - self.in_execution

    @property
    def is_over(self):
        """More is signed than the client's budget holds (R37)."""
        return self.has_budget and self.unexecuted < 0

    @property
    def is_empty(self):
        return not any(getattr(self, name) for name in COLUMNS)

    @property
    def pace(self):
        """Percent of what was planned by then, to a tenth; None when nothing was planned."""
        if not self.planned:
            return None
        return (self.committed / self.planned * 100).quantize(TENTH, ROUND_HALF_UP)

    @property
    def pace_word(self):
        """behind, ahead, on or "": by the exact share, not by the rounded one."""
        if not self.planned:
            return ""
        share = self.committed / self.planned * 100
        return "behind" if share < BEHIND else "ahead" if share > AHEAD else "on"


def together(rows):
    """The sum of rows of one currency, category empty."""
    sums = {name: sum((getattr(row, name) for row in rows), ZERO) for name in SUMMED}
    return Standing("", **sums, has_budget=any(row.has_budget for row in rows))


SUMMED = [field.name for field in fields(Standing) if field.type is Decimal]
MOVED = [name for name in SUMMED if name not in ("budget", "planned")]


@dataclass(frozen=True)
class Paper:
    """What the client signed, or may sign: an estimate, a month of a plan, a month of a fee."""

    job: int
    category: str
    net: Decimal
    kind: str
    pk: int
    label: str
    month: object = None
    medium: str = ""
    # The price before our fees, and what we earn of it (7); nothing of a fee.
    price: Decimal = ZERO
    earned: Decimal = ZERO
    begun_at: object = None
    sent_at: object = None
    signed_at: object = None
    superseded_at: object = None
    ended_at: object = None

    def is_in_force(self, at):
        if self.signed_at is None or self.signed_at > at:
            return False
        return self.superseded_at is None or self.superseded_at > at

    def memo(self, at):
        """awaiting, preparing or "": on its way at the instant, in no sum."""
        if self.begun_at is None or self.begun_at > at or _passed(self.signed_at, at):
            return ""
        if _passed(self.ended_at, at):
            return ""
        return "awaiting" if _passed(self.sent_at, at) else "preparing"


def _passed(moment, at):
    return moment is not None and moment <= at


@dataclass(frozen=True)
class Bill:
    """An invoice or credit note in the client's budget, by the day it bears."""

    job: int
    category: str
    net: Decimal
    day: object
    pk: int
    label: str


@dataclass(frozen=True)
class Pot:
    """A line of one version of the annual budget."""

    category: str
    brand: object
    amount: Decimal
    months: tuple
    budget: object
    since: object
    until: object

    def is_in_force(self, at):
        return self.since <= at and (self.until is None or self.until > at)


@dataclass(frozen=True)
class Correction:
    """A signed adjustment; it counts from its report's cut-off (R36)."""

    category: str
    column: str
    amount: Decimal
    since: object
    report: int
    reason: str


@dataclass(frozen=True)
class JobRow:
    """A job's share in a category of the year; without job it is an adjustment."""

    job: object
    category: str
    signed: Decimal = ZERO
    billed: Decimal = ZERO
    in_execution: Decimal = ZERO
    awaiting: Decimal = ZERO
    preparing: Decimal = ZERO
    state: str = ""
    correction: Correction | None = None

    @property
    def category_label(self):
        return Category(self.category).label

    @property
    def released(self):
        """Signed, not billed, and given back because the job has ended."""
        rest = self.signed - self.billed
        return rest if self.state and self.state not in LIVE and rest > 0 else ZERO

    @property
    def sums_text(self):
        amounts = {"signed": sum_text(self.signed), "billed": sum_text(self.billed)}
        return _("signed %(signed)s, billed %(billed)s") % amounts

    @property
    def note(self):
        if self.correction:
            return self.correction.reason
        return comma().join(self._notes())

    def _notes(self):
        if self.state in (Job.State.CLOSED, Job.State.CANCELLED):
            yield str(Job.State(self.state).label)
        if self.released:
            yield _("%(amount)s released") % {"amount": sum_text(self.released)}
        if self.signed and self.signed == self.billed and self.state in LIVE:
            yield _("fully billed")
        if self.awaiting:
            yield _("%(amount)s with the client") % {"amount": sum_text(self.awaiting)}
        if self.preparing:
            yield _("%(amount)s in preparation") % {"amount": sum_text(self.preparing)}
