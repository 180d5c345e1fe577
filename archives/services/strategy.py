"""The brand's way as dated entries, and its summary that AM drafts and AD signs (R42, R82)."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.approvers import DIRECTOR, approvers
from accounts.models.user import RANKS
from accounts.permissions import Rights, require
from accounts.services.edits import insert, made_before
from accounts.services.telling import one, posts, tell, words
from agency.common.dates import working
from agency.common.errors import Refused
from agency.common.models import CalendarDay
from agency.common.services.record import record
from agency.common.verbs import check_version, lock, save, verb
from archives.models import StrategyEntry
from archives.papers import client_day
from archives.services.strategy_paper import file_summary

RIGHT, SIGN = "archives.edit_archive", "archives.sign_strategy"
FIRST_YEAR = 1900
AHEAD = timedelta(days=366)
SIGN_HOURS = 10 * 24  # ten working days


@verb
def add_entry(
    *, brand, kind, valid_from, text, by, at, competitor=None, documents=(), form_key=None
):
    """What is true of the brand, or of a competitor's creative strategy, from that day on (R42)."""
    behalf = require(by, RIGHT, brand.client, at)
    if twin := made_before(StrategyEntry, form_key):
        return twin
    row = StrategyEntry(
        brand=brand, kind=kind, competitor=competitor, valid_from=valid_from, text=text.strip(),
        author=by, form_key=form_key, created_by=by, created_at=at,
    )  # fmt: skip
    _check(row, documents, at)
    if row.is_summary:
        _await(row, at)
    insert(row)
    row.documents.set(documents)
    record(row, "add_strategy_entry", by=by, at=at, client=brand.client, behalf_of=behalf,
           kind=kind, valid_from=f"{valid_from}")  # fmt: skip
    if row.is_summary:
        _tell_signers(row, at)
    return row


def may_draft(user, client, at):
    """A summary is drafted by the AM, or above where there is none (R82)."""
    return Rights(user, at, client).rank_on(client) >= RANKS["am"]


def _check(row, documents, at):
    """Refused where a fact cannot be."""
    brand, day = row.brand, row.valid_from
    if row.is_summary and not may_draft(row.author, brand.client, at):
        raise Refused(_("The summary is drafted by the account manager or above."), "kind")
    if row.competitor and row.competitor.brand_id != brand.pk:
        raise Refused(_("This is no competitor of the brand."), "competitor")
    if day.year < FIRST_YEAR or day > client_day(brand.client, at) + AHEAD:
        raise Refused(_("Please give a day of the brand's life, at most a year ahead."),
                      "valid_from")  # fmt: skip
    if any(paper.client_id != brand.client_id for paper in documents):
        raise Refused(_("This paper is another client's."), "documents")
    if row.text and row.text == _words_in_force(row):
        raise Refused(_("These words are in force on that day already."), "text")


def _words_in_force(row):
    """What the newest entry of the same sort says on the day from which the new one counts."""
    rows = StrategyEntry.objects.counting().filter(
        brand=row.brand, kind=row.kind, competitor=row.competitor, valid_from__lte=row.valid_from
    )
    return rows.values_list("text", flat=True).first()


def _await(row, at):
    """It waits for the AD; the draft before it waits no longer."""
    StrategyEntry.objects.unsigned().filter(brand=row.brand).update(
        is_waiting=False, next_notice_at=None
    )
    calendar, zone = CalendarDay.objects.calendar(), row.brand.client.timezone
    row.is_waiting = True
    row.due_at = row.next_notice_at = working(at, SIGN_HOURS, calendar, zone)


def signers(entry, at):
    """{user: whom he acts for}: AD or GAD, never its author (R82, 4.3)."""
    client = entry.brand.client
    return approvers(client=client, step=DIRECTOR, authors=[entry.author], at=at)


def _tell_signers(row, at):
    text = gettext_lazy("Please read and sign the strategy summary of %(brand)s")
    label = words(text, brand=row.brand)
    tell("step_waiting", row, list(signers(row, at)), label, client=row.brand.client, at=at,
         slot="sign", due_at=row.due_at)  # fmt: skip


@verb
def sign_summary(*, entry, by, at, row_version=None):
    """The AD makes the summary his own: it is in force from its day on (R82)."""
    row = _locked(entry)
    client = row.brand.client
    behalf = require(by, SIGN, client, at)
    check_version(row, row_version)
    if not row.is_waiting:
        raise Refused(_("This is no draft that waits for a signature."))
    if row.author_id in (by.pk, behalf.pk if behalf else None):
        raise Refused(_("Whoever drafted the summary does not sign it."))
    row.signed_by, row.signed_at = by, at
    row.is_waiting, row.next_notice_at = False, None
    save(row, "signed_by", "signed_at", "is_waiting", "next_notice_at")
    file_summary(row, by=by, at=at)
    record(row, "sign_strategy_summary", by=by, at=at, client=client, behalf_of=behalf)
    text = gettext_lazy("%(name)s has signed the strategy summary of %(brand)s.")
    label = words(text, name=by, brand=row.brand)
    tell("signed", row, one(client, row.author, at), label, client=client, at=at, slot="signed")
    return row


def _locked(entry):
    row = lock(entry)
    row.brand = entry.brand
    return row


@verb
def remind_signer(*, entry, at):
    """Unsigned for ten working days: the AD is told, once (R82)."""
    row = _locked(entry)
    if not row.is_waiting or row.next_notice_at is None or row.next_notice_at > at:
        return row
    client = row.brand.client
    row.next_notice_at = None
    row.save(update_fields=["next_notice_at"])
    others = [user for user in posts(client, ["ad"], at) if user != row.author]
    text = gettext_lazy("Unsigned for ten working days: the strategy summary of %(brand)s")
    tell("step_due", row, others or list(signers(row, at)), words(text, brand=row.brand),
         client=client, at=at, slot="sign", level="remind", due_at=row.due_at)  # fmt: skip
    return row
