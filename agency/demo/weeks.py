"""Weekly status reports of the demo: issued week by week, one late, one held by the copy guard."""

from datetime import timedelta

from django.utils import timezone

from agency.common.errors import Refused
from agency.common.models import CalendarDay
from agency.demo.budgets import PEOPLE
from agency.demo.stories import HOUR, WEEK
from meetings.deadline import local_day
from meetings.models import StatusLine
from meetings.services.status import draft_status, refresh_status
from meetings.services.status_issue import send_due
from meetings.services.status_lines import edit_line, set_empty
from meetings.services.status_sign import sign_status, submit_status
from meetings.week import drafted_from, status_due, week_of

LATE, ISSUED = 3, (7, 6, 5, 4, 3, 2, 1)
WHY_LATE = "AM 周五在外地提案，周一上午补签。"
NO_WORK = "本周这一部分没有进行中的工作，下周一再看。"
WORDS = {
    "finance": [
        ("单据已核对，等客户财务回复。", "周三再催一次回复日期。"),
        ("客户财务要求补一份验收单，已寄出。", "收到后约定付款日期。"),
        ("已与客户确认金额无误，走内部流程。", "流程走完后登记到账。"),
        ("客户经办人休假，由主管代批。", "请主管给出批复日期。"),
    ],
    "media": [
        ("排期已与媒体核对，档期保留。", "下周二前确认下单。"),
        ("监测数据回来，漏播一次，媒体同意补播。", "核对补播凭证后归档。"),
        ("竞品加大投放，已把建议发给客户。", "等客户决定是否调整档期。"),
        ("素材已送媒体审核，一条文案要改。", "改好后当天重送。"),
    ],
    "creative": [
        ("初稿内部过稿，换了标题与色调。", "送客户看样并收集意见。"),
        ("客户看过样稿，提出修改意见。", "按意见改好再送一次。"),
        ("修改稿已交，等书面确认。", "确认后安排打样。"),
        ("打样偏暗，已请印厂重做。", "新样到后当面核对颜色。"),
        ("新样与产品颜色一致，可以下单。", "排定开印与送货日期。"),
        ("印厂已开印，首张看过。", "抽查首批并验收。"),
    ],
    "research": [
        ("门店走访完成，整理照片与价格。", "把发现写进季报。"),
        ("竞品新品上架，已收样品。", "比较口味与包装后给建议。"),
        ("消费者访谈约好，问卷定稿。", "访谈后两天内出摘要。"),
        ("剪报与社媒监测归档。", "下周会议上汇报趋势。"),
    ],
}


def all_weeks(stage):
    return [
        *(issued(stage, "LM", back) for back in ISSUED),
        issued(stage, "YL", 2),
        *(issued(stage, code, 1) for code in ("AH", "HC")),
        copied(stage, "YL"),
        this_week(stage, "LM"),
    ]


def week_of_now(now):
    """The Monday of the agency's week."""
    day = timezone.localdate(now)
    return day - timedelta(days=day.weekday())


def _who(stage, code, place):
    ae, am, ad = PEOPLE[code]
    return {"by": stage.users[ae if place == "ae" else am or ad], "at": stage.at}


def _week(stage, code, back):
    """(client, Monday, due) of so many weeks ago."""
    client = stage.clients[code]
    week = week_of(client, stage.now) - back * WEEK
    return client, week, status_due(client, week, CalendarDay.objects.calendar())


def issued(stage, code, back):
    """Begun on Monday, written and signed on the last day, sent by the clock at its time."""
    client, week, due = _week(stage, code, back)
    if due is None:
        return
    is_late = code == "LM" and back == LATE
    yield drafted_from(client, week) + HOUR
    report = draft_status(client=client, week=week, **_who(stage, code, "ae"))
    yield due - 6 * HOUR
    _write(stage, code, report)
    submit_status(report=report, **_who(stage, code, "ae"))
    yield due + 65 * HOUR if is_late else due - 4 * HOUR
    sign_status(report=report, late_reason=WHY_LATE if is_late else "", **_who(stage, code, "am"))
    if not is_late:
        yield due
        send_due(report=report, at=stage.at)


def _write(stage, code, report, words=None):
    """Each line said anew, with somebody and a date; what has no work says so."""
    ae = _who(stage, code, "ae")
    refresh_status(report=report, **ae)
    turn = report.week.toordinal() // 7
    for place, line in enumerate(report.lines.filter(is_empty_section=False)):
        edit_line(line=line, typed=words or _typed(stage, line, turn, place), **ae)
    spoken = set(report.lines.values_list("section", flat=True))
    for section in StatusLine.Section:
        if section not in spoken:
            set_empty(report=report, section=section, reason=NO_WORK, **ae)


def _typed(stage, line, turn, place):
    """Different from the last two weeks' words of any line: another sentence, another number."""
    pool = WORDS[line.section]
    current, next_step = pool[(turn + place) % len(pool)]
    talks = 3 * (place % 3) + turn % 3 + 1
    return {
        "current": f"{current}本周与客户沟通 {talks} 次。",
        "next_step": next_step,
        "next_user": line.next_user or stage.users[PEOPLE[line.report.client.code][0]],
        "next_contact": None,
        "next_on": local_day(line.report.client, stage.at) + timedelta(days=3 + place % 4),
    }


def copied(stage, code):
    """Last week's words once more: the copy guard lets it through to nobody."""
    client, week, due = _week(stage, code, 1)
    if due is None:
        return
    yield drafted_from(client, week) + HOUR
    report = draft_status(client=client, week=week, **_who(stage, code, "ae"))
    yield due - 2 * HOUR
    _copy(stage, code, report)
    try:
        submit_status(report=report, **_who(stage, code, "ae"))
    except Refused:
        return
    raise AssertionError("copied words passed the guard")


def _copy(stage, code, report):
    _write(stage, code, report)
    ae = _who(stage, code, "ae")
    for line in report.lines.exclude(former=None).filter(is_empty_section=False):
        former = line.former
        typed = {"current": former.current, "next_step": former.next_step}
        edit_line(line=line, typed=typed, **ae)


def this_week(stage, code):
    """Written on Monday and, for half of it, not since: stale from Wednesday on."""
    client, week, due = _week(stage, code, 0)
    if due is None:
        return
    yield drafted_from(client, week) + 4 * HOUR
    report = draft_status(client=client, week=week, **_who(stage, code, "ae"))
    lines = list(report.lines.filter(is_empty_section=False))
    ae, turn = _who(stage, code, "ae"), week.toordinal() // 7
    for place, line in enumerate(lines[: max(len(lines) - 3, 1)]):
        edit_line(line=line, typed=_typed(stage, line, turn, place), **ae)
