"""Days and instants as papers print them: zh, en or both, in the client's zone (Z3)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

WEEKDAYS = {
    "zh": ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
LONG_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def local(instant, zone):
    return instant.astimezone(ZoneInfo(zone))


def weekday(day, lang):
    zh, en = WEEKDAYS["zh"][day.weekday()], WEEKDAYS["en"][day.weekday()]
    return {"zh": zh, "en": en}.get(lang, f"{zh} {en}")


def long_day(day):
    """23 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day(value, lang):
    """2026-11-23（周一）, 2026-11-23（周一 Mon）, Mon 23 Nov 2026."""
    if lang == "en":
        return f"{weekday(value, lang)} {value.day} {MONTHS[value.month - 1][:3]} {value.year}"
    return f"{value:%Y-%m-%d}（{weekday(value, lang)}）"


def month(value, lang):
    """2026 年 10 月, October 2026, or both."""
    zh, en = f"{value.year} 年 {value.month} 月", f"{MONTHS[value.month - 1]} {value.year}"
    return {"zh": zh, "en": en}.get(lang, f"{zh} {en}")


def short_month(value, lang):
    """In a table: 10 月 or Oct, with the year in January."""
    if lang == "en":
        name = MONTHS[value.month - 1][:3]
        return f"{name} {value.year}" if value.month == 1 else name
    return f"{value.year} 年 1 月" if value.month == 1 else f"{value.month} 月"


def table_day(value, lang, year):
    """In a table of one year: 11-25（周三）. Other years and other languages in full."""
    if lang == "zh" and value.year == year:
        return f"{value:%m-%d}（{weekday(value, lang)}）"
    return day(value, lang) if lang != "both" else f"{value:%Y-%m-%d}"


def zone_note(zone):
    """The zone's name where it is not the agency's own, else nothing."""
    return "" if zone == settings.TIME_ZONE else f" ({zone.replace('_', ' ')})"


def moment(instant, lang, zone):
    """2026-11-23 19:42; English 23 Nov 2026, 19:42."""
    at = local(instant, zone)
    if lang == "en":
        text = f"{at.day} {MONTHS[at.month - 1][:3]} {at.year}, {at:%H:%M}"
    else:
        text = f"{at:%Y-%m-%d %H:%M}"
    return text + zone_note(zone)


def long_moment(instant, zone):
    """For an English sentence: 25 November 2026, 19:42."""
    at = local(instant, zone)
    return f"{long_day(at)}, {at:%H:%M}{zone_note(zone)}"


def offset(at):
    """UTC+8, UTC+5:30, UTC−3."""
    minutes = int(at.utcoffset() / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def second(instant, lang, zone):
    """To the second, with its offset: 2026-11-23 19:42:08（UTC+8）."""
    at = local(instant, zone)
    shift = f"（{offset(at)}）" if lang == "zh" else f" ({offset(at)})"
    return f"{at:%Y-%m-%d %H:%M:%S}{shift}"


def span_parts(start, end, lang, zone):
    """`span` in pieces that are not to be broken over two lines."""
    start, end = local(start, zone), local(end or start, zone)
    blank = " " if lang == "en" else ""
    parts = [day(start, lang), f"{blank}{start:%H:%M}"]
    if end.date() != start.date():
        parts += [" –", f" {day(end, lang)}", f"{blank}{end:%H:%M}"]
    elif end > start:
        parts[-1] += f"–{end:%H:%M}"
    return [*parts, zone_note(zone)]


def span(start, end, lang, zone):
    """The day and from–to; over midnight both days; one instant when both are the same."""
    return "".join(span_parts(start, end, lang, zone))


def start(instant, lang, zone):
    """The day and the time something begins: 2026-11-30（周一）14:00."""
    return span(instant, instant, lang, zone)


def long_start(instant, zone):
    """For an English sentence: Friday 27 November 2026, 10:00."""
    at = local(instant, zone)
    return f"{LONG_WEEKDAYS[at.weekday()]} {long_moment(instant, zone)}"
