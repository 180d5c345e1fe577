"""Dates, times, durations and sums as people read them here (design.md, Words)."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

SOON = timedelta(hours=4)
DAYS_FROM = timedelta(hours=48)
MINUTE = timedelta(minutes=1)
SIGNS = {"CNY": "¥", "EUR": "€", "USD": "US$", "GBP": "£", "HKD": "HK$", "JPY": "JP¥"}

# The colour of a state wherever it has one: good, waiting for somebody, gone wrong, being written.
STATE_TONES = {
    **dict.fromkeys(("signed", "passed", "done", "current", "in_force", "authorised"), "green"),
    **dict.fromkeys(("submitted", "manager_ok", "director_ok", "sent", "open", "given"), "amber"),
    **dict.fromkeys(("refused", "expired", "failed"), "red"),
    "draft": "accent",
}


def comma():
    """What stands between names in a row: 、 in Chinese, a comma and a space in English."""
    return "、" if (get_language() or "").startswith("zh") else ", "


def colon():
    """Between a name and what is said of it: ： in Chinese, a colon and a space in English."""
    return "：" if (get_language() or "").startswith("zh") else ": "


def brackets(text):
    """Beside what it explains: （北京）, in English (Beijing) after a space; "" of ""."""
    if not text:
        return ""
    return f"（{text}）" if (get_language() or "").startswith("zh") else f" ({text})"


def names_text(names):
    """何祎、林珺; in English He Yi, Lin Jun."""
    return comma().join(str(name) for name in names)


def local(value):
    """An aware instant in local time; a date stays what it is."""
    return timezone.localtime(value) if isinstance(value, datetime) else value


def day_text(value):
    """20 Nov; with the year only when it is not this one."""
    if not value:
        return ""
    value = local(value)
    if value.year == timezone.localdate().year:
        return _short_day(value.year, value.month, value.day, get_language())
    return full_day_text(value)


@lru_cache(maxsize=2000)
def _short_day(year, month, day, _language):
    """A list says the same few days over and over."""
    return date_format(date(year, month, day), pgettext("date format, without the year", "j M"))


def full_day_text(value):
    """20 Nov 2026."""
    return date_format(local(value), pgettext("date format, with the year", "j M Y"))


def month_text(month):
    """2026-10, in Chinese 2026年10月."""
    return date_format(month, pgettext("date format, a month", "Y-m"))


def clock_text(value):
    """17:32."""
    return f"{local(value):%H:%M}" if value else ""


def moment_text(value):
    """20 Nov 17:32."""
    return f"{day_text(value)} {clock_text(value)}" if value else ""


def weekday_text(value):
    return date_format(local(value), "l") if value else ""


def named_day_text(value):
    """Friday 20 Nov; in Chinese the day stands first."""
    return _("%(weekday)s %(day)s") % {"weekday": weekday_text(value), "day": day_text(value)}


def near_text(value, now):
    """today 17:32, tomorrow 09:00, yesterday 16:40; otherwise the day and the time."""
    names = {
        -1: _("yesterday %(time)s"),
        0: _("today %(time)s"),
        1: _("tomorrow %(time)s"),
    }
    distance = (local(value).date() - local(now).date()).days
    if distance not in names:
        return moment_text(value)
    return names[distance] % {"time": clock_text(value)}


def span_text(length):
    """A length of time: 45 min, 3 h 12 min, 2 h 05 min; from 48 hours in whole days."""
    if length >= DAYS_FROM:
        return ngettext("%(count)d day", "%(count)d days", length.days) % {"count": length.days}
    minutes = int(length / MINUTE)
    if not minutes:
        return _("under a minute")
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)s min") % {"hours": hours, "minutes": f"{rest:02d}"}


def left_text(due, now):
    """3 h 12 min left, 2 h 05 min late, due now."""
    if due > now:
        return _("%(time)s left") % {"time": span_text(due - now)}
    if now - due < MINUTE:
        return _("due now")
    return _("%(time)s late") % {"time": span_text(now - due)}


def day_left_text(due, today):
    """For a date: 2 days late, today, tomorrow; otherwise the day."""
    distance = (due - today).days
    if distance < 0:
        text = ngettext("%(count)d day late", "%(count)d days late", -distance)
        return text % {"count": -distance}
    return {0: _("today"), 1: _("tomorrow")}.get(distance) or day_text(due)


def due_text(due, now):
    """by today 17:32; once it is past: due today 12:15."""
    sentence = _("by %(time)s") if due > now else _("was due %(time)s")
    return sentence % {"time": near_text(due, now)}


def tone_of(due, now):
    """late, soon (at 4 hours left) or "": the class of the words and of the ring."""
    if due <= now:
        return "late"
    return "soon" if due - now <= SOON else ""


def state_tone(row):
    """red, amber, green, accent or "" of a row's state; a model that means it otherwise says so."""
    said = getattr(row, "state_tone", None)
    return STATE_TONES.get(row.state, "") if said is None else said


def sum_text(amount):
    """55,947.16; a minus sign, not a hyphen, before a negative."""
    if amount is None or amount == "":
        return ""
    value = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{'−' if value < 0 else ''}{abs(value):,.2f}"


def money_text(amount, currency="CNY"):
    """¥55,947.16."""
    text = sum_text(amount)
    sign = SIGNS.get(currency, f"{currency}\u00a0")
    return text and (f"−{sign}{text[1:]}" if text.startswith("−") else f"{sign}{text}")


def share_text(share):
    """96.8 % of a Decimal share between 0 and 1; a dash for none."""
    if share is None:
        return "–"
    value = (Decimal(share) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{value}%"
