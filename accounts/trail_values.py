"""What the audit trail keeps as codes and in English, in the reader's words (C12)."""

import re
from functools import cache, lru_cache

from django.apps import apps
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from agency.common.wording import colon, comma, moment_text

APPS = ("accounts", "archives", "jobs", "budgets", "meetings", "common")
# What a row without a number of its own is called; the rest are choices.
NAMES = (
    gettext_lazy("Contact report"),
    gettext_lazy("Production estimate"),
    gettext_lazy("Timeline"),
    gettext_lazy("Media plan"),
    gettext_lazy("Completion form"),
)
CHANGE = {"field", "old", "new"}
# How many codes are remembered with their words: a note may hold any.
KEPT = 4096
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
CODE = re.compile(r"[a-z][a-z0-9_]*")
# The parts of a label; a name may stand after a code or a month, before a version or a number.
SEAMS = re.compile(r"( · |: |, )")
NAMED = re.compile(r"((?:[A-Z]{2}\S* )?(?:\d{4}-\d\d )?)(.+?)( v?\d.*| [A-Z]{2}-.*)?")


def value_text(entry, name, value):
    """A noted value as it is said: yes or no, a moment, the label of a choice, else as it is."""
    if value is None:
        return ""
    if isinstance(value, list):
        return comma().join(value_text(entry, name, item) for item in value)
    if isinstance(value, dict) and value.keys() >= CHANGE:
        label = field_label(entry.subject_type, value["field"]) or value["field"]
        return changed(label, value["old"], value["new"])
    if isinstance(value, dict):
        return comma().join(f"{key} {value_text(entry, name, item)}" for key, item in value.items())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    text = str(value)
    if INSTANT.match(text) and (instant := parse_datetime(text)):
        return moment_text(instant)
    return str(_choice(entry.subject_type, name, text)) if CODE.fullmatch(text) else text


def changed(label, old, new):
    """name: old → new; without the old where there was none."""
    return f"{label}{colon()}{old} → {new}" if old else f"{label}{colon()}{new}"


def label_text(entry):
    """How the row was called, what is ours in it in the reader's language; "" of no row."""
    if entry.label == entry.verb:
        return ""
    return "".join(_said(part) for part in SEAMS.split(entry.label))


def _said(part):
    found = NAMED.fullmatch(part)
    word = _words().get(found[2]) if found else None
    return part if word is None else f"{found[1]}{word}{found[3] or ''}"


def field_label(subject_type, name):
    """What a field of that name is called, on the row or near it; None where there is none."""
    fields = _fields(subject_type, name)
    return fields[0].verbose_name if fields else None


@lru_cache(KEPT)
def _choice(subject_type, name, code):
    """The label of a code; a step may be a role; what no such field knows stays as it is."""
    fields = [*_fields(subject_type, name), User._meta.get_field("role")]
    choices = [dict(field.flatchoices) for field in fields]
    return next((labels[code] for labels in choices if code in labels), code)


@cache
def _fields(subject_type, name):
    """Fields of that name: of the row itself, of its app, then of any app."""
    app = subject_type.partition(".")[0]

    def distance(field):
        meta = field.model._meta
        return 0 if meta.label_lower == subject_type else 1 if meta.app_label == app else 2

    fields = [field for model in _models() for field in model._meta.fields if field.name == name]
    return sorted(fields, key=distance)


def _models():
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


@cache
def _words():
    """{English: lazy words} of all names of rows: the trail is written in one language."""
    fields = [field for model in _models() for field in model._meta.fields]
    labels = [label for field in fields for _code, label in field.flatchoices]
    with translation.override(None):
        return {str(label): label for label in (*labels, *NAMES)}
