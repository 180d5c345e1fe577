"""Brainstorms: who, what question, which ideas, what next; the record is filed (R43, R82)."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.user import RANKS
from accounts.permissions import Rights, require
from accounts.services.edits import change, check, insert, made_before
from accounts.services.telling import posts, stamp, tell, words
from agency.common.dates import elapsed
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_version, lock, save, verb
from archives.models import Brainstorm, Idea

RIGHT = "archives.edit_archive"
RECORD_HOURS = 24
LONGEST = timedelta(days=1)


@verb
def create_brainstorm(*, brand, people, by, at, form_key=None, **facts):
    """Call people together, or enter a brainstorm that has been held."""
    behalf = require(by, RIGHT, brand.client, at)
    if twin := made_before(Brainstorm, form_key):
        return twin
    row = Brainstorm(brand=brand, form_key=form_key, created_by=by, created_at=at, **facts)
    _check(row, at)
    insert(row)
    row.people.set({*people, row.chair})
    record(row, "create_brainstorm", by=by, at=at, client=brand.client, behalf_of=behalf)
    return row


@verb
def update_brainstorm(*, brainstorm, people, by, at, row_version=None, **facts):
    row, behalf = _open(brainstorm, by, at, row_version)
    ended_at = row.ended_at
    for name, value in facts.items():
        setattr(row, name, value)
    _check(row, at, is_moved=row.ended_at != ended_at)
    check(row)
    save(row)
    row.people.set({*people, row.chair})
    record(row, "update_brainstorm", by=by, at=at, client=row.brand.client, behalf_of=behalf)
    return row


def _check(row, at, is_moved=True):
    """Chaired by AM or above, else a reason (R82); the record is due 24 hours after the end."""
    if row.ended_at and row.on and row.ended_at - row.on > LONGEST:
        raise Refused(_("A brainstorm ends within a day of its beginning."), "ended_at")
    if rank_of_chair(row.chair, row.brand.client, at) < RANKS["am"]:
        row.chair_reason = check_reason(row.chair_reason, "chair_reason")
    else:
        row.chair_reason = ""
    if is_moved and row.ended_at:
        row.next_notice_at = due_at(row)


def rank_of_chair(user, client, at):
    """The rank used on the client; of somebody from another team that of the title (4.1)."""
    return Rights(user, at, client).rank_on(client) or user.rank


def due_at(row):
    """24 hours after the end, nights and holidays included (R43)."""
    return elapsed(row.ended_at, RECORD_HOURS)


def _open(brainstorm, by, at, row_version, own=False):
    """(the row locked and not filed, for whom the person acts)."""
    row = lock(brainstorm)
    row.brand = brainstorm.brand
    behalf = require(by, RIGHT, row.brand.client, at, own=own)
    check_version(row, row_version)
    if row.filed_at:
        raise Refused(_("The record is filed. Open it again to correct it."))
    return row, behalf


# --- ideas --------------------------------------------------------------------------------------


@verb
def add_idea(*, brainstorm, whose, text, by, at, form_key=None):
    """Under the name of whoever had it (R74); a department adds its own."""
    row, behalf = _open(brainstorm, by, at, None, own=is_own(brainstorm, by, whose))
    if twin := made_before(Idea, form_key):
        return twin
    _check_present(row, whose)
    idea = Idea(brainstorm=row, by=whose, text=text.strip(), form_key=form_key,
                created_by=by, created_at=at)  # fmt: skip
    insert(idea)
    record(idea, "add_idea", by=by, at=at, client=row.brand.client, behalf_of=behalf)
    return idea


@verb
def change_idea(*, idea, whose, text, by, at, row_version=None):
    row = lock(idea)
    is_mine = row.by_id == by.pk and is_own(idea.brainstorm, by, whose)
    storm, behalf = _open(idea.brainstorm, by, at, None, own=is_mine)
    check_version(row, row_version)
    _check_present(storm, whose)
    changes = change(row, {"by": whose, "text": text.strip()})
    if changes:
        record(row, "change_idea", by=by, at=at, client=storm.brand.client, behalf_of=behalf)
    return row


def is_own(brainstorm, user, whose=None):
    """Of a department: it was there, and speaks for itself (4.2)."""
    if whose is not None and whose != user:
        return False
    return brainstorm.people.filter(pk=user.pk).exists()


def _check_present(row, whose):
    if not row.people.filter(pk=whose.pk).exists():
        raise Refused(_("Name this person among the people first."), "whose")


@verb
def decide(*, brainstorm, chosen, next_step, by, at, row_version=None):
    """Which ideas are followed, and what is done next."""
    row, behalf = _open(brainstorm, by, at, row_version)
    keys = {idea.pk for idea in chosen}
    ideas = Idea.objects.filter(brainstorm=row)
    ideas.update(is_chosen=False)
    ideas.filter(pk__in=keys).update(is_chosen=True)
    row.next_step = next_step.strip()
    check(row)
    save(row)
    record(row, "decide_brainstorm", by=by, at=at, client=row.brand.client, behalf_of=behalf,
           count=len(keys))  # fmt: skip
    return row


# --- the clock ----------------------------------------------------------------------------------


@verb
def remind_record(*, brainstorm, at):
    """No record 24 hours after the end: the AE is reminded, once (R43)."""
    row = lock(brainstorm)
    row.brand = brainstorm.brand
    if row.document_id or row.next_notice_at is None or row.next_notice_at > at:
        return row
    row.next_notice_at = None
    row.save(update_fields=["next_notice_at"])
    client = row.brand.client
    text = gettext_lazy("No record yet of the brainstorm for %(brand)s: %(question)s")
    label = words(text, brand=row.brand, question=row)
    tell("brainstorm_record", row, posts(client, ["ae"], at), label, client=client, at=at,
         slot=f"record:{stamp(row.ended_at)}", level="remind", due_at=due_at(row))  # fmt: skip
    return row
