"""Rows of a media plan from a spreadsheet: pasted text or an XLSX file, read, never obeyed."""

import re

from django.conf import settings
from django.utils.translation import gettext_lazy, override

from archives.kinds import Medium
from budgets.models import MediaLine
from jobs.incoming import Shape, bare, percent

COLUMNS = ("medium", "vehicle", "month", "runs", "unit_gross", "discount_rate", "fixed_price",
           "bonus_runs", "market", "spec", "supplier")  # fmt: skip
HEADS = {
    "medium": "medium media 媒介 媒介类型 媒体类型",
    "vehicle": "vehicle 媒体 媒体名称 载体 频道",
    "month": "month 月份 月 投放月份",
    "runs": "runs insertions 次数 频次 投放次数",
    "unit_gross": "rate.card.price.of.a.run rate.card.price rate.card 刊例价 单次刊例价 刊例单价",
    "discount_rate": "discount discount.% 折扣 折扣率",
    "fixed_price": "agreed.price fixed.price 协议价 固定价 议定价",
    "bonus_runs": "bonus.runs bonus 赠播 赠播次数",
    "market": "market 市场 地区 城市",
    "spec": "format spec 规格 版位 时段",
    "supplier": "media.owner supplier owner 媒体主 媒体方 供应商",
}
SHAPE = Shape(COLUMNS, HEADS, "vehicle", gettext_lazy("A media plan has at most %(most)s lines."))
AMOUNTS = ("runs", "unit_gross", "fixed_price", "bonus_runs")
MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*月)?(?:[-/.]\d{1,2})?(?:\s.*)?")


def names():
    """The words of the columns, in the order in which rows without a head are read."""
    return [word_of(name) for name in COLUMNS]


def word_of(name):
    return MediaLine._meta.get_field(name).verbose_name


def tidy(row, suppliers):
    """The row as a form would have it typed: bare numbers, percent, keys for names."""
    typed = dict(row)
    for name in AMOUNTS:
        if name in typed:
            typed[name] = bare(typed[name])
    if "discount_rate" in typed:
        typed["discount_rate"] = short(percent(typed["discount_rate"]))
    if "month" in typed:
        typed["month"] = month(typed["month"])
    for name, known in (("medium", media()), ("supplier", suppliers)):
        if name in typed:
            typed[name] = known.get(typed[name].casefold(), typed[name])
    return typed


def short(text):
    """45 of 45.0000: the idle zeros would be places too many."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def month(text):
    """2026-11 of 2026/11, 2026年11月 or a whole date of that month."""
    found = MONTH.fullmatch(text)
    return f"{found[1]}-{int(found[2]):02}" if found else text


def media():
    """{word in any of our languages: key}."""
    known = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            known |= {str(label).casefold(): key for key, label in Medium.choices}
    return known | {key: key for key in Medium.values}
