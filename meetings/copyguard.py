"""How like last week's words a line of the weekly report is (domain.md 8.2, 8.3, 8.5). Pure."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from difflib import SequenceMatcher

from meetings.constants import COPY_HINT, COPY_LIMIT

COPIED, HINT, FREE = "copied", "hint", "free"
SHORTEST = 8  # characters of a normal form, below which only equal ones are alike
SAME, OTHER = Decimal("1.000"), Decimal("0.000")
PLACES = Decimal("0.001")
MONTHS, DAYS = 12, 31
_DATES = re.compile(
    r"\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?"
    r"|\d{1,2}月(\d{1,2}[日号]?)?"
    r"|(周|星期)[一二三四五六日天]"
    r"|(?<![a-z])(mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z])"
)
_MONTH_AND_DAY = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})(?!\d)")
_SIGNS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


class Text:
    """A text as the guard compares it: its normal form, and the numbers that are no dates."""

    def __init__(self, text):
        left = _without_dates(unicodedata.normalize("NFKC", text).lower())
        self.form = _SIGNS.sub("", left)
        self.numbers = _DIGITS.findall(left)


def _without_dates(text):
    return _MONTH_AND_DAY.sub(_unless_a_date, _DATES.sub(" ", text))


def _unless_a_date(match):
    """11/20 is a day; 3/5 is three of five."""
    month, day = int(match[1]), int(match[2])
    return " " if 1 <= month <= MONTHS < day <= DAYS else match[0]


def normal_form(text):
    return Text(text).form


def numbers(text):
    return Text(text).numbers


def similarity(old, new):
    """0.000 to 1.000, the old text first."""
    return _compare(Text(old), Text(new))


def _compare(old, new):
    if old.form == new.form:
        return SAME
    if _cannot_be_alike(old, new):
        return OTHER
    return _ratio(SequenceMatcher(None, old.form, new.form, autojunk=False))


def _cannot_be_alike(old, new):
    return old.numbers != new.numbers or min(len(old.form), len(new.form)) < SHORTEST


def _ratio(matcher):
    """2 × matches ÷ both lengths, exactly, rounded half-up."""
    matches = sum(block.size for block in matcher.get_matching_blocks())
    both = len(matcher.a) + len(matcher.b)
    return (Decimal(2 * matches) / both).quantize(PLACES, ROUND_HALF_UP)


def closest(olds, new):
    """The highest similarity of any of the old texts; below the hint it counts as 0.000."""
    new = Text(new)
    matcher = SequenceMatcher(None, "", new.form, autojunk=False)
    return max((_likeness(matcher, Text(old), new) for old in olds), default=OTHER)


def _likeness(matcher, old, new):
    if old.form == new.form:
        return SAME
    if _cannot_be_alike(old, new):
        return OTHER
    matcher.set_seq1(old.form)
    if matcher.real_quick_ratio() < COPY_HINT or matcher.quick_ratio() < COPY_HINT:
        return OTHER
    found = _ratio(matcher)
    return found if found >= COPY_HINT else OTHER


def verdict(likeness):
    """copied, hint or free (8.5)."""
    if likeness is None or likeness < COPY_HINT:
        return FREE
    return COPIED if likeness >= COPY_LIMIT else HINT


def is_copied(likeness):
    return verdict(likeness) == COPIED
