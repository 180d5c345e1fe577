"""Days as people say them, in Chinese and English: 12-03, 12月3日, 下周一, tomorrow, 3 Dec."""

import re
from calendar import monthrange
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2000, 2099
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = "一二三四五六日"
NEAR = {"大后天": 3, "后天": 2, "明天": 1, "明日": 1, "今天": 0, "今日": 0}
NEAR |= {"tomorrow": 1, "today": 0}
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
# A figure is no day: 12.3 %, 12.3 万, 12-03-44.
_NO_FIGURE = r"(?![\d./%％:-]|\s*[%％万亿元倍])"
FORMS = "|".join(
    [
        rf"(?:(?P<year>\d{{4}})\s*[-./年]\s*)?(?P<month>\d{{1,2}})\s*[-./月]\s*(?P<day>\d{{1,2}})"
        rf"\s*[日号]?{_NO_FIGURE}",
        r"(?P<alone>\d{1,2})\s*[日号]",
        rf"(?P<said_day>\d{{1,2}})\s+{_MONTH.format('said_month')}",
        rf"{_MONTH.format('month_said')}\s+(?P<day_said>\d{{1,2}})\b",
        rf"(?P<near>{'|'.join(NEAR)})",
        rf"(?P<next>下|本|这)?(?:周|星期|礼拜)(?P<week>[{WEEK}天])",
        r"(?P<following>next\s+)?(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?"
        r"|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b",
        r"(?P<month_end>月底|月末)",
    ]
)
_BEFORE = r"(?:(?:by|before|until|on|due)\s+|截止|截至)?"
_AFTER = r"(?:之前|以前|前)?"
AT_START = re.compile(rf"\s*{_BEFORE}(?:{FORMS}){_AFTER}[\s,，、:：;；]*", re.IGNORECASE)
AT_END = re.compile(
    rf"[\s,，、;；(（]*(?<![0-9A-Za-z.-]){_BEFORE}(?:{FORMS}){_AFTER}[)）。.]?\s*$", re.IGNORECASE
)


def day_at_start(text, today):
    """(day, rest) of a text that begins with a day; (None, text) of another."""
    found = AT_START.match(text)
    day = found and day_of(found, today)
    return (day, text[found.end() :]) if day else (None, text)


def day_at_end(text, today):
    found = AT_END.search(text)
    day = found and day_of(found, today)
    return (day, text[: found.start()]) if day else (None, text)


def day_of(found, today):
    """The day that was said, today or later unless its year was said; None when there is none."""
    said = {name: value.lower() for name, value in found.groupdict().items() if value}
    for name, read in READERS.items():
        if name in said:
            return read(said, today)
    return None


def _full(said, today):
    year = int(said["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return _date(year, int(said["month"]), int(said["day"]))


def _coming(month, day, today):
    """The next such day; the 29th of February of the next year that has one."""
    years = range(today.year, today.year + 9)
    days = (_date(year, month, day) for year in years)
    return next((one for one in days if one and one >= today), None)


def _of_month(said, today):
    months = [(today.year, today.month + more) for more in range(13)]
    days = (_date(y + (m - 1) // 12, (m - 1) % 12 + 1, int(said["alone"])) for y, m in months)
    return next((one for one in days if one and one >= today), None)


def _date(year, month, day):
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _named(month, day, today):
    return _coming(MONTHS.index(month[:3]) + 1, int(day), today)


def _weekday(number, is_next, today):
    """That day of this week, of the next one when it is over or when "next" is said."""
    day = today + timedelta(days=number - today.weekday())
    return day + timedelta(days=7) if is_next or day < today else day


def _chinese(said, today):
    number = WEEK.index(said["week"].replace("天", "日"))
    return _weekday(number, said.get("next") == "下", today)


def _english(said, today):
    return _weekday(WEEKDAYS.index(said["weekday"][:3]), "following" in said, today)


def _month_end(_said, today):
    return today.replace(day=monthrange(today.year, today.month)[1])


READERS = {
    "year": _full,
    "month": lambda said, today: _coming(int(said["month"]), int(said["day"]), today),
    "alone": _of_month,
    "said_day": lambda said, today: _named(said["said_month"], said["said_day"], today),
    "day_said": lambda said, today: _named(said["month_said"], said["day_said"], today),
    "near": lambda said, today: today + timedelta(days=NEAR[said["near"]]),
    "week": _chinese,
    "weekday": _english,
    "month_end": _month_end,
}
