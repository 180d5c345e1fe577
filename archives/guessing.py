"""What a file seems to be, from its name and its first words: a proposal, never a decision. Pure.

Somebody looks at every guess before the paper is filed (R38).
"""

import re
from dataclasses import dataclass
from datetime import date

from archives.kinds import Kind
from archives.search.words import normal, squeezed

FIRST_WORDS = 4_000
FIRST_YEAR = 1950
# What such papers are called in the trade; the first that is met in the name, then in the text.
CALLED = (
    (Kind.SUPPLIER_QUOTE, ("报价", "询价", "quote", "quotation")),
    (Kind.SUPPLIER_BILL, ("发票", "账单", "收据", "bill", "invoice", "receipt")),
    (Kind.AD_GUIDELINE, ("广告指南", "品牌手册", "品牌规范", "vi手册", "guideline", "brand book")),
    (Kind.CONTRACT, ("合约", "合同", "协议", "contract", "agreement")),
    (Kind.RETURN_PROOF, ("回传", "签回", "signed return")),
    (Kind.STRATEGY, ("品牌策略", "创意策略", "strategy")),
    (Kind.COMPETITOR_FILE, ("竞品", "竞争对手", "competitor")),
    (Kind.CLIPPING, ("剪报", "报道", "clipping", "press")),
    (Kind.FAX, ("传真", "fax")),
    (Kind.MEMO, ("便笺", "备忘", "memo")),
    (Kind.AD_FILE, ("成片", "终稿", "完稿", "播出带", "final artwork", "master")),
    (Kind.REFERENCE, ("资料", "参考", "reference", "report")),
)
_NUMBER_BETWEEN = r"(?<![0-9a-z])"
_JOB = re.compile(_NUMBER_BETWEEN + r"([a-z]{2,6})[-_/ ]?(\d{2})[-_/ ]?(\d{3,4})(?![0-9a-z])")
_CODE = re.compile(r"(?<![a-z])[a-z]{2,6}(?![a-z])")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-./_年]?\s?(\d{1,2})\s?[-./_月]?\s?(\d{1,2})(?!\d)")


@dataclass(frozen=True)
class Known:
    """A client one may file for: key, code and the names its papers call it by."""

    key: int
    code: str
    names: tuple = ()


@dataclass(frozen=True)
class Guess:
    """What the file seems to be; "" or None where nothing speaks for anything."""

    kind: str = ""
    client: int | None = None
    job_number: str = ""
    dated_on: date | None = None


def guess(name, text="", clients=(), today=None):
    """A Guess for a file of that name; `clients`: the Known among whom its client must be.

    The name counts before the text: people name files by what they are.
    """
    places = [normal(spelled(name)), normal(text[:FIRST_WORDS])]
    number, of_number = first(places, lambda place: job_in(place, clients)) or ("", None)
    client = of_number or first(places, lambda place: client_in(place, clients))
    return Guess(
        kind=first(places, kind_in) or "",
        client=client,
        job_number=number,
        dated_on=first(places, lambda place: day_in(place, today)),
    )


def first(places, find):
    return next(filter(None, map(find, places)), None)


def spelled(name):
    """A file's name as words: without its ending, strokes as blanks where no number hangs on."""
    stem = name.rpartition(".")[0] or name
    return squeezed(stem.replace("_", " "))


def kind_in(place):
    for kind, words in CALLED:
        if any(stands(word, place) for word in words):
            return kind.value
    return None


def stands(word, place):
    """A Latin word stands by itself, a Chinese one anywhere."""
    if not word.isascii():
        return word in place
    return re.search(rf"(?<![a-z]){re.escape(word)}s?(?![a-z])", place) is not None


def job_in(place, clients):
    """(job number as the house writes it, key of its client), of a client one may file for."""
    keys = {known.code.lower(): known for known in clients}
    for code, year, number in _JOB.findall(place):
        if known := keys.get(code):
            return f"{known.code}-{year}-{number}", known.key
    return None


def client_in(place, clients):
    """By the longest name that stands there, else by the code."""
    named = [(len(name), known.key) for known in clients for name in known.names if name in place]
    if named:
        return max(named)[1]
    keys = {known.code.lower(): known.key for known in clients}
    return next((keys[code] for code in _CODE.findall(place) if code in keys), None)


def day_in(place, today):
    """The first day that stands there and is not still to come."""
    for year, month, day in _DAY.findall(place):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if found.year >= FIRST_YEAR and (today is None or found <= today):
            return found
    return None
