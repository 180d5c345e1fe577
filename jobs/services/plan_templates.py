"""Templates of timelines, of no one client: the account managers keep them (R62)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.audit import audit
from agency.common.services.record import once
from agency.common.verbs import check_version, lock, save, verb
from jobs.models import TemplateRow, TimelineTemplate
from jobs.models.timeline import Owner

# AM and above: who lets jobs begin also says how they run.
RIGHT = "jobs.approve_job"
FIELDS = ("name", "name_en", "days_before", "days_long", "owner", "client_visible", "needs")


@verb
def create_template(*, name, rows, by, at, name_en="", form_key=None):
    """A new template; rows are dicts of FIELDS in their order."""
    require(by, RIGHT, None, at)
    template = TimelineTemplate(
        name=name, name_en=name_en, form_key=form_key, created_by=by, created_at=at
    )
    _check(template, rows)
    template, is_new = _kept(template)
    if is_new:
        _set_rows(template, rows, by, at)
        _record(template, "create_template", rows, by, at)
    return template


@verb
def save_template(*, template, name, rows, by, at, name_en="", row_version=None):
    """Change a template; plans that were begun with it stay as they are."""
    require(by, RIGHT, None, at)
    template = lock(template)
    check_version(template, row_version)
    template.name, template.name_en = name, name_en
    _check(template, rows)
    _set_rows(template, rows, by, at)
    save(template)
    _record(template, "save_template", rows, by, at)
    return template


def _check(template, rows):
    if not rows:
        raise Refused(_("A template has at least one step."))
    same = TimelineTemplate.objects.filter(name=template.name).exclude(pk=template.pk)
    if template.form_key:
        same = same.exclude(form_key=template.form_key)
    if same.exists():
        raise Refused(_("There is a template of this name already."), "name")


def _kept(template):
    try:
        with transaction.atomic():
            return once(template)
    except IntegrityError as error:
        raise Refused(_("There is a template of this name already."), "name") from error


def _set_rows(template, rows, by, at):
    """The rows as given; client duties are always visible to the client."""
    there = {row.pk: row for row in template.rows.all()}
    kept = []
    for position, typed in enumerate(rows, start=1):
        row = there.get(typed.get("pk")) or TemplateRow(
            template=template, created_by=by, created_at=at
        )
        for name in FIELDS:
            if name in typed:
                setattr(row, name, typed[name])
        row.position = position
        row.client_visible = row.client_visible or row.owner == Owner.CLIENT
        save(row)
        kept.append(row.pk)
    template.rows.exclude(pk__in=kept).delete()


def _record(template, done, rows, by, at):
    audit(
        actor=by, verb=done, subject=template, client_code="", at=at,
        changes={"name": template.name, "rows": len(rows)},
    )  # fmt: skip
