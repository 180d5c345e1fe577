"""Checks on typed text: the one reason validator (Z16), plain text, file names (C14)."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.common.errors import Refused

REASON_LENGTH = 10
NAME_LENGTH = 120
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_LINE_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_GAPS = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
REASON_HINT = _("At least 10 characters.")
REASON_TOO_SHORT = _("Please give a reason of at least 10 characters.")


def is_reason(text):
    """True for a text of at least 10 characters that is not one repeated character (Z16)."""
    text = (text or "").strip()
    return len(text) >= REASON_LENGTH and len(set(text)) > 1


def holds_reason(field):
    """The same as a question to the database: rows whose field is a reason."""
    long = Q(**{f"{field}__regex": rf"\S.{{{REASON_LENGTH - 2},}}\S"})
    return long & ~Q(**{f"{field}__regex": r"^\s*(.)\1*\s*$"})


def reason_validator(text):
    if not is_reason(text):
        raise ValidationError(REASON_TOO_SHORT, code="reason")


def check_reason(text, field="reason"):
    """Return the trimmed reason; refuse anything that is none (Z16)."""
    if not is_reason(text):
        raise Refused(REASON_TOO_SHORT, field)
    return text.strip()


def plain_validator(text):
    """Long text: line breaks and tabs may stay, other control characters may not."""
    if _CONTROL.search(text or ""):
        raise ValidationError(_("Please remove the control characters."), code="control")


def line_validator(text):
    """One line: no control characters at all, so nothing can break a mail header (B4)."""
    if _LINE_CONTROL.search(text or ""):
        raise ValidationError(_("Please use one line without control characters."), code="control")


def clean_name(name):
    """A file name fit to show and to send: NFC, one line, no bidi marks, no path, at most 120."""
    name = unicodedata.normalize("NFC", str(name or "")).replace("\\", "/").rsplit("/", 1)[-1]
    name = _BIDI.sub("", _LINE_CONTROL.sub("", name)).strip(" .") or "file"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}"


def masked(address):
    """h•••@client.example: enough to know one's own mailbox, nothing for others."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}•••@{host}"


def closed_up(letter):
    """A letter with one blank line where templates have left several."""
    return _GAPS.sub("\n\n", letter)
