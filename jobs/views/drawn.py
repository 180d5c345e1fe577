"""Lines of a draft made ready for the page: what a form offers, what a row shows."""

from django.db.models import Q
from django.utils.functional import cached_property

from accounts.models import AgencySettings
from jobs.forms.estimate import NewLineForm
from jobs.models import Deliverable, Supplier
from jobs.services.estimate import QUOTES, is_outside
from jobs.sums import unit_price

CARRIED = ("group", "unit", "deliverable", "vat_rate")


class Choices:
    """What the forms of a draft's lines offer, asked for once a page."""

    def __init__(self, draft):
        self.draft = draft
        self.vat_rate = draft.vat_rate

    @cached_property
    def deliverables(self):
        return Deliverable.objects.filter(job=self.draft.job_id)

    @cached_property
    def suppliers(self):
        """Those we work with, and those that stand in a line already."""
        held = Q(pk__in=self.draft.lines.filter(supplier__isnull=False).values("supplier"))
        return Supplier.objects.filter(Q(is_active=True) | held)


def new_line_form(choices, last=None, data=None):
    """The form of the next line: it goes on where the last one stopped."""
    draft = choices.draft
    carried = {name: getattr(last, name) for name in CARRIED} if last else {}
    initial = {
        "quantity": "1", "unit_cost": "", "markup_rate": draft.markup_rate,
        "vat_rate": draft.vat_rate, **carried,
    }  # fmt: skip
    return NewLineForm(data, choices=choices, initial=initial, auto_id="new_%s")


def drawn_lines(draft):
    """The lines with their quotes counted, ready to be shown; each knows its group's head."""
    rows = dressed(draft.lines.select_related("deliverable", "supplier").with_quotes())
    former = ""
    for row in rows:
        row.opens_group = row.group if row.group != former else ""
        former = row.group
    return rows


def drawn_line(line):
    """One line anew from the database, as drawn_lines has it, its group headed already."""
    rows = line.estimate.lines.select_related("deliverable", "supplier").with_quotes()
    (row,) = dressed(rows.filter(pk=line.pk))
    return row


def dressed(rows, limit=None):
    """Lines `with_quotes`, and what a row shows beyond what it holds.

    limit: the house's above which three quotes are wanted, where the caller holds it.
    """
    limit = AgencySettings.load().quotes_above if limit is None else limit
    rows = list(rows)
    for row in rows:
        row.opens_group = ""
        row.unit_price = unit_price(row.price, row.quantity)
        row.is_dear = row.chosen and row.cost > limit and is_outside(row)
        row.lacks_quotes = row.is_dear and row.asked < QUOTES
    return rows
