"""Observations on many days, and the quarterly reports: issued, one late, one overdue (R48)."""

import io
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from PIL import Image, ImageDraw

from agency.common.dates import DAY, local_instant
from agency.demo.budgets import PEOPLE
from agency.demo.people import REST
from agency.demo.rivals import rivals_of
from agency.demo.stories import HOUR
from archives.kinds import Kind
from archives.quarters import (
    NOTICE_TIME,
    before,
    days_of,
    drafted_from,
    due_of,
    last_quarter,
)
from archives.services import file_document
from archives.services.observations import add_observation
from archives.services.quarterly import draft_quarterly, edit_quarterly, submit_quarterly
from archives.services.quarterly_issue import issue_quarterly, sign_quarterly

LATE = "YL"
OVERDUE = "HC"
WHY_LATE = "监测公司的投放数据晚到一天，核对后签发。"
NOTE = "客户市场部正在比稿，措辞从缓。"
SETTLED = timedelta(days=3)  # after its due time even the late one is out
SIZE = (960, 600)
CODES = ("LM", "YL", "AH", "HC", "QL")
COLOURS = ("#b3542b", "#24476b")
# day of the quarter, kind, what, where, spend, with a picture
SEEN = (
    (9, "launch", "新品上架，主推小包装，端架陈列四周。", "门店走访", None, False),
    (24, "campaign", "新版 15 秒广告片播出，主打“三分钟就好”。", "电视监播", "1260000", True),
    (41, "price", "全线降价一成，会员再减五元。", "电商页面", None, False),
    (58, "media", "电梯海报与地铁灯箱同时更换。", "街头拍摄", "480000", True),
    (70, "press", "行业媒体专访其总经理，谈明年铺货计划。", "剪报", None, False),
)
MARKET = (33, "market", "品类销售额环比上升百分之四，线上占比过半。", "零售监测季度简报")
WORDS = {
    "market": "品类本季销售额环比上升百分之四，线上渠道占比首次过半；促销频次高于去年同期。",
    "meaning": "对手用低价和短片抢占认知，我方价格带承压，但口味评价仍领先。",
    "proposal": "建议十二月在四十家重点门店做试吃周，同时把短片预算移到电梯媒体，守住正价。",
}
FACTS = {
    "campaign": "“三分钟就好”系列，电视与户外同步，持续六周。",
    "media": "电视 15 秒、电梯海报、地铁灯箱、电商首页。",
    "message": "快、便宜、够吃。",
}


def all_quarters(stage):
    return [
        *(watched(stage, code) for code in CODES),
        *(earlier(stage, code) for code in CODES),
        *(report(stage, code, quarter_of_demo(stage, code)) for code in ("LM", LATE, "AH")),
        overdue(stage, OVERDUE),
        before_rest(stage, "QL"),
    ]


def quarter_of_demo(stage, code):
    """The newest quarter whose report is out by now, the late one too."""
    client = stage.clients[code]
    quarter = last_quarter(client, stage.now)
    return quarter if due_of(client, *quarter) + SETTLED < stage.now else before(*quarter)


def earlier(stage, code):
    """The quarter before, of which the client saw the end; in time."""
    quarter = before(*quarter_of_demo(stage, code))
    if stage.clients[code].created_at + DAY < drafted_from(*quarter, stage.clients[code].timezone):
        yield from report(stage, code, quarter, is_late=False)


def _who(stage, code, place="ae"):
    ae, am, ad = PEOPLE[code]
    return {"by": stage.users[ae if place == "ae" else am or ad], "at": stage.at}


# --- what is seen -------------------------------------------------------------------------------


def watched(stage, code):
    """Competitors of the brand, and what was seen of them day by day up to now."""
    days = list(_days(stage, code))
    if not days:
        return
    yield days[0][0] - HOUR
    brand = stage.clients[code].brands.get()
    rivals = list(zip(rivals_of(stage, code), COLOURS, strict=False))
    for wake, seen in days:
        yield wake
        _note(stage, code, brand, rivals, seen)


def _days(stage, code):
    """[(instant, what is seen then)] in the quarters reported on and the running one."""
    client, quarter = stage.clients[code], before(*quarter_of_demo(stage, code))
    first = days_of(*quarter)[0]
    while first <= timezone.localdate(stage.now):
        for seen in sorted([*SEEN, MARKET]):
            wake = local_instant(first + seen[0] * DAY, NOTICE_TIME, client.timezone)
            if client.created_at + DAY < wake < stage.now:
                yield wake, seen
        quarter = (quarter[0] + quarter[1] // 4, quarter[1] % 4 + 1)
        first = days_of(*quarter)[0]


def _note(stage, code, brand, rivals, seen):
    if seen is MARKET:
        _day, kind, text, source = seen
        _add(stage, code, brand, kind=kind, text=text, source=source)
        return
    _day, kind, text, source, spend, is_shown = seen
    for number, (rival, colour) in enumerate(rivals):
        paper = _picture(stage, code, rival, text, source, colour) if is_shown else None
        _add(
            stage, code, brand, competitor=rival, kind=kind, text=text, source=source,
            spend=Decimal(spend) * (number + 1) if spend else None, document=paper,
        )  # fmt: skip


def _add(stage, code, brand, **facts):
    on = timezone.localdate(stage.at)
    add_observation(brand=brand, on=on, **_who(stage, code), **facts)


def _picture(stage, code, rival, text, source, colour):
    """An ad of the competitor's, drawn by us: a band, a sun and a shelf in its colour."""
    return file_document(
        client=stage.clients[code], kind=Kind.COMPETITOR_FILE, title=f"{rival.name}：{text}",
        content=drawn(colour, stage.at.timetuple().tm_yday), name=f"ad-{rival.pk}.png",
        face="client", dated_on=timezone.localdate(stage.at), source=source, brand=rival.brand,
        **_who(stage, code),
    )  # fmt: skip


def drawn(colour, turn):
    """PNG; `turn` moves its parts, so that no two are alike."""
    wide, high = SIZE
    image = Image.new("RGB", SIZE, "#f4efe6")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, high * 2 // 3, wide, high), fill=colour)
    left = 80 + turn * 37 % (wide - 320)
    pen.ellipse((left, 70, left + 240, 310), fill=colour)
    for number in range(6):
        foot = 60 + number * 145
        pen.rectangle((foot, high - 150 - turn * (number + 3) % 90, foot + 90, high - 40),
                      fill="#f4efe6")  # fmt: skip
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


# --- reports ------------------------------------------------------------------------------------


def report(stage, code, quarter, is_late=None):
    """Drafted on the first day, written, signed and sent before it is due; one a day after."""
    client, due = stage.clients[code], due_of(stage.clients[code], *quarter)
    is_late = code == LATE if is_late is None else is_late
    yield drafted_from(*quarter, client.timezone) + HOUR
    draft = draft_quarterly(client=client, year=quarter[0], quarter=quarter[1],
                            **_who(stage, code))  # fmt: skip
    yield due + (20 * HOUR if is_late else -30 * HOUR)
    draft = _written(stage, code, draft)
    yield due + (24 * HOUR if is_late else -8 * HOUR)
    late_reason = WHY_LATE if is_late else ""
    draft = sign_quarterly(report=draft, late_reason=late_reason, **_who(stage, code, "am"))
    issue_quarterly(report=draft, **_who(stage, code))


def _written(stage, code, draft):
    rows = {row.pk: _facts(row) for row in draft.rows.all()}
    typed = {**WORDS, "note_internal": NOTE if code == "LM" else ""}
    draft = edit_quarterly(report=draft, typed=typed, rows=rows, **_who(stage, code))
    return submit_quarterly(report=draft, **_who(stage, code))


def _facts(row):
    """What nothing shows was not seen."""
    seen = row.observations
    if seen.evidenced().exists():
        return {"spend": Decimal(0), **FACTS} if row.spend is None else FACTS
    return {"nothing_seen": True, "chosen": [], "offered": seen.values_list("pk", flat=True)}


def overdue(stage, code):
    """Drafted, the market written, and left there past its due time."""
    client, quarter = stage.clients[code], quarter_of_demo(stage, code)
    yield drafted_from(*quarter, client.timezone) + HOUR
    draft = draft_quarterly(client=client, year=quarter[0], quarter=quarter[1],
                            **_who(stage, code))  # fmt: skip
    yield due_of(client, *quarter) - 50 * HOUR
    edit_quarterly(report=draft, typed={"market": WORDS["market"]}, **_who(stage, code))


def before_rest(stage, code):
    """Issued, if it was due before the client came to rest."""
    quarter = quarter_of_demo(stage, code)
    if due_of(stage.clients[code], *quarter) < stage.now - REST:
        yield from report(stage, code, quarter)
