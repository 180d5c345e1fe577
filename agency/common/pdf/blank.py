"""What stands on a blank form where a filled one has a fact: room to write in by hand (R68).

A blank form is the paper itself, given room in place of facts: it looks like the filled one.
"""

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from agency.common.pdf import labels


class Room(SafeString):
    """Room for one fact. The tags of papers print it as it is, in place of whatever they take."""

    year = ""


ROOM = Room('<span class="room"></span>')
PERSON = {"name": ROOM, "name_en": "", "title": "", "role": "", "note": ""}


def lines(count):
    """Ruled lines for a text."""
    return Room('<span class="rule"></span>' * count)


def boxes(keys, lang):
    """One box for each of the labels, to tick."""
    words = ((labels.in_language(key, lang),) for key in keys)
    return Room(format_html_join("", '<span class="tick"><i class="box"></i>{}</span>', words))


def number(lang):
    """The place of the number, in text alone: the title of the file shows it too."""
    return f"{labels.in_language('form_number', lang)} ____________"
