"""Observations of markets and competitors, added on any day (R48)."""

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.money import cents
from agency.common.services.record import once, record
from agency.common.verbs import check_version, lock, save, verb
from archives.kinds import Kind
from archives.models import CompetitorRow, Document, Observation, QuarterlyReport
from archives.papers import client_day
from archives.quarters import quarter_of
from archives.services.uploads import file_upload

RIGHT = "archives.edit_archive"
FACTS = ("brand", "competitor", "on", "kind", "text", "source", "spend", "ad", "document")
State = QuarterlyReport.State
TITLE = 80


def note(*, file, brand, by, at, **values):
    """Note what was seen; with a file, that is filed as its evidence in the same act."""
    if not file:
        return add_observation(brand=brand, by=by, at=at, **values)
    kind = Kind.COMPETITOR_FILE if values.get("competitor") else Kind.REFERENCE
    return file_upload(
        client=brand.client, kind=kind, upload=file, dated_on=values["on"], by=by, at=at,
        title=values["text"].strip().splitlines()[0][:TITLE], source=values["source"],
        brand=brand, form_key=values.get("form_key"),
        then=lambda paper: add_observation(
            **{**values, "brand": brand, "document": paper, "by": by, "at": at}
        ),
    )  # fmt: skip


@verb
def add_observation(*, brand, by, at, form_key=None, **values):
    """Note what was seen; a draft of that quarter takes it up at once."""
    behalf = require(by, RIGHT, brand.client, at)
    row = Observation(
        brand=brand, form_key=form_key, seen_by=by, created_by=by, created_at=at, **_known(values)
    )
    _check(row, at)
    row, is_new = once(row)
    if is_new:
        sort_in(row)
        record(row, "add_observation", by=by, at=at, client=brand.client, behalf_of=behalf)
    return row


def _known(values):
    return {name: value for name, value in values.items() if name in FACTS}


def _check(row, at):
    """Refused where a fact cannot be, or is another client's."""
    client = row.brand.client
    if not row.text.strip():
        raise Refused(_("Say what was seen."), "text")
    if not row.source.strip():
        raise Refused(_("Say where it was seen or read."), "source")
    if row.on > client_day(client, at):
        raise Refused(_("Nothing is observed ahead of its day."), "on")
    if row.spend is not None:
        row.spend = cents(row.spend)
    if row.competitor and row.competitor.brand_id != row.brand_id:
        raise Refused(_("This competitor belongs to another brand."), "about")
    _check_evidence(row, client)


def _check_evidence(row, client):
    if row.document and row.document.client_id != client.pk:
        raise Refused(_("This paper belongs to another client."), "shown")
    if row.document and row.document.state != Document.State.ISSUED:
        raise Refused(_("This paper is not in force."), "shown")
    if row.document and row.document.face != Document.Face.CLIENT:
        raise Refused(_("This paper is ours only: it can show the client nothing."), "shown")


@verb
def update_observation(*, observation, by, at, row_version=None, **values):
    """Change what was noted; a draft of the old quarter lets it go, one of the new takes it up."""
    row = _open(observation)
    behalf = require(by, RIGHT, row.client, at)
    check_version(row, row_version)
    known = _known(values)
    changes = {
        name: [getattr(row, name), value]
        for name, value in known.items()
        if getattr(row, name) != value
    }
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    _check(row, at)
    if {"brand", "competitor", "on"} & set(changes):
        row.rows.clear()
        sort_in(row)
    if changes:
        save(row)
        record(row, "update_observation", by=by, at=at, client=row.client, behalf_of=behalf,
               **changes)  # fmt: skip
    return row


@verb
def remove_observation(*, observation, by, at, row_version=None):
    """Noted by mistake: it goes, as long as no report that was submitted names it."""
    row = _open(observation)
    behalf = require(by, RIGHT, row.client, at)
    check_version(row, row_version)
    record(row, "remove_observation", by=by, at=at, client=row.client, behalf_of=behalf,
           text=row.text)  # fmt: skip
    row.delete()


def _open(observation):
    row = lock(observation)
    row.brand = observation.brand
    if is_named(row):
        raise Refused(_("A report that was submitted names it: it stays as it is."))
    return row


def is_named(observation):
    return observation.rows.exclude(report__state=State.DRAFT).exists()


def sort_in(observation):
    """Under its competitor in the draft of its quarter, if there is one."""
    if observation.competitor is None:
        return
    year, quarter = quarter_of(observation.on)
    draft = QuarterlyReport.objects.filter(
        client=observation.client, year=year, quarter=quarter, state=State.DRAFT
    ).first()
    if draft:
        row, _is_new = CompetitorRow.objects.get_or_create(
            report=draft, competitor=observation.competitor
        )
        row.observations.add(observation)
