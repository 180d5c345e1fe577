"""What a client's folder must hold now, and what of it is missing (R38, R40, 9.4)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from accounts.models import Client, Contact, Contract
from agency.common.dates import DAY, first_of
from agency.common.gathered import gathered
from archives.completeness import DRAFT, GONE, MISSING, THERE, WAIVED, Gap
from archives.kinds import Kind
from archives.models import Document, Waiver
from archives.models.waiver import KEY_CONTACT
from archives.quarters import before, days_of, quarter_of

WEEK = timedelta(days=7)
STATES = Document.State
WAIVED_AS = ("id", "kind", "reason", "by__id", "by__name")


@dataclass(frozen=True)
class Period:
    """The days a report is about, and how it is written at the end of the report's title."""

    first: date
    last: date
    text: str


@dataclass(frozen=True)
class ClientGap(Gap):
    """A gap of a client's folder; period: which year, month, quarter or week is asked for."""

    period: str = ""
    waiver: Waiver | None = None


def periods(client, day):
    """{kind: Period} that the folder is asked for on the day: the year, and what ended last."""
    return {
        Kind.BUDGET_FORM: year_of(client, day),
        Kind.BUDGET_REPORT: month_before(day),
        Kind.QUARTERLY_REPORT: quarter_before(day),
        Kind.STATUS_REPORT: week_before(day),
    }


def year_of(client, day):
    """The client's budget year that holds the day: 2026, or 2026/27."""
    start = client.fiscal_start_month
    year = day.year if day.month >= start else day.year - 1
    text = str(year) if start == 1 else f"{year}/{(year + 1) % 100:02}"
    return Period(date(year, start, 1), date(year + 1, start, 1) - DAY, text)


def month_before(day):
    first = first_of(day, back=1)
    return Period(first, first_of(day) - DAY, f"{first:%Y-%m}")


def quarter_before(day):
    """The calendar quarter that ended last (R48): 2026-Q3."""
    year, quarter = before(*quarter_of(day))
    return Period(*days_of(year, quarter), f"{year}-Q{quarter}")


def week_before(day):
    """Named by its Monday, as the weekly report is."""
    monday = day - timedelta(days=day.weekday()) - WEEK
    return Period(monday, monday + WEEK - DAY, f"{monday:%Y-%m-%d}")


# In the order in which they are shown.
WANTED = (
    Kind.CONTRACT,
    KEY_CONTACT,
    Kind.AD_GUIDELINE,
    Kind.BUDGET_FORM,
    Kind.BUDGET_REPORT,
    Kind.QUARTERLY_REPORT,
    Kind.STATUS_REPORT,
)


def client_gaps(client, day):
    """[ClientGap] of all that the client's folder must hold on the day, in order; one query."""
    asked = periods(client, day)
    questions = _questions(day, asked)
    rows = gathered({
        "found": (Client.objects.filter(pk=client.pk).annotate(**questions), [*questions]),
        "waiver": (Waiver.objects.of_folder(client), WAIVED_AS),
    })  # fmt: skip
    found = next(row for name, row in rows if name == "found")
    waived = {row.kind: row for name, row in rows if name == "waiver"}
    return [_gap(kind, found, waived.get(kind), asked.get(kind)) for kind in WANTED]


def _gap(kind, found, waiver, period):
    has, begun = (getattr(found, f"{name}_{kind}") for name in ("has", "begun"))
    state = THERE if has else DRAFT if begun else MISSING
    if waiver and state != THERE:
        state = WAIVED
    reason = waiver.reason if state == WAIVED else ""
    return ClientGap(kind, state, reason, period.text if period else "", waiver)


def _questions(day, asked):
    """{has_<kind>, begun_<kind>: whether}, to be asked of a client."""
    rows = {kind: _papers(kind, asked.get(kind)) for kind in WANTED if kind != KEY_CONTACT}
    questions = {f"has_{kind}": Exists(_issued(found)) for kind, found in rows.items()}
    questions |= {f"begun_{kind}": Exists(_drafts(found)) for kind, found in rows.items()}
    at_client = {"client": OuterRef("pk")}
    contacts, contracts = Contact.objects.filter(**at_client), Contract.objects.filter(**at_client)
    return questions | {
        f"has_{KEY_CONTACT}": Exists(contacts.active().filter(is_key=True)),
        f"begun_{KEY_CONTACT}": Exists(contacts.active()),
        f"has_{Kind.CONTRACT}": Exists(contracts.covering(day)),
        # the paper is filed and its terms are not entered, or it is yet to begin
        f"begun_{Kind.CONTRACT}": Exists(_issued(rows[Kind.CONTRACT]))
        | Exists(contracts.in_force().filter(starts_on__gt=day)),
    }


def _papers(kind, period):
    rows = Document.objects.filter(client=OuterRef("pk"), kind=kind).exclude(state__in=GONE)
    return rows.filter(about(period)) if period else rows


def about(period):
    """Papers of the period: ours say it at the end of their title, others by their date."""
    ours = Q(title__endswith=f" {period.text}") | Q(title_en__endswith=f" {period.text}")
    dated = Q(number="", dated_on__gte=period.first, dated_on__lte=period.last)
    return ours | dated


def _issued(rows):
    return rows.exclude(state=STATES.DRAFT)


def _drafts(rows):
    return rows.filter(state=STATES.DRAFT)
