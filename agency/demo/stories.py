"""Calls and their reports that a visitor must be able to find (domain.md section 11)."""

from datetime import datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agency.common.dates import worked
from agency.common.models import CalendarDay
from agency.common.pdf import render
from agency.common.services import mail_bounced
from agency.demo import people
from agency.demo.talk import TALKS
from archives.models import Document
from archives.services import file_upload
from meetings import services
from meetings.models import ActionPoint, ContactReport
from meetings.services import typed

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
AE = {"LM": "ae1", "YL": "ae2", "AH": "ae3", "HC": "ae4"}
SPEAKER = {"LM": "何嘉宁", "YL": "程屹", "AH": "孟珺", "HC": "郑伯庸"}
RETURNER = {**SPEAKER, "AH": "Eleanor Whitcombe"}


def slot(stage, weeks_ago, weekday, hour, minute=0):
    """An instant of a week before this one: weekday 0 is Monday, hours are the agency's."""
    today = timezone.localdate(stage.now)
    day = today - timedelta(days=today.weekday()) - weeks_ago * WEEK + timedelta(days=weekday)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def all_calls(stage):
    """Every story of a call, ready to be played."""
    return [
        leave_and_rest(stage),
        *ordinary_calls(stage),
        to_the_minute(stage, weeks_ago=5, length=timedelta(hours=23, minutes=50)),
        to_the_minute(stage, weeks_ago=4, length=timedelta(hours=24)),
        late_with_reason(stage),
        running_at_h20(stage),
        breached_yesterday(stage),
        logged_after_26_hours(stage),
        two_calls_in_one(stage),
        colour_of_the_pack(stage),
        deemed_over_a_weekend(stage),
        bounced(stage),
        on_paper(stage),
        displeased(stage),
        action_moved_three_times(stage),
        action_reopened(stage),
    ]


def leave_and_rest(stage):
    """Three weeks ago: a stand-in is named for the week after, and QL goes to rest."""
    yield stage.now - 3 * WEEK
    people.leave_of(stage.users, stage.now)
    people.rest(stage.clients, stage.now)


def ordinary_calls(stage):
    """On time, most of them answered: the daily bread of eight weeks."""
    for code, talks in TALKS.items():
        for number, talk in enumerate(talks):
            yield on_time(stage, code, talk, weeks_ago=number + 2, weekday=number % 4)


def on_time(stage, code, talk, weeks_ago, weekday, delay=4 * HOUR, answer_after=22 * HOUR):
    ended = slot(stage, weeks_ago, weekday, 10 + weekday, 25)
    yield ended + HOUR / 2
    report = stage.log(code, AE[code], talk, ended, [RETURNER[code]])
    yield ended + delay
    stage.issue(report, AE[code])
    if weekday == 3:
        return
    yield ended + delay + answer_after
    stage.answer(report, RETURNER[code], "accepted")
    yield ended + 5 * DAY
    finish(stage, report)


def finish(stage, report):
    """All that was agreed gets done; the AE notes the client's part."""
    for action in ActionPoint.objects.filter(report=report, state="open"):
        services.complete(
            action=action, by=action.user or report.author, at=stage.at, text="已完成并互相告知"
        )


def to_the_minute(stage, weeks_ago, length):
    """Issued 23 h 50 after the end, or exactly 24 h after it: both on time (Z1)."""
    talk = ("投放调整电话", "客户要求下周三起减少晚间档。", "自下周三起晚间档减半。", None,
            "改排期并回传", None)  # fmt: skip
    ended = slot(stage, weeks_ago, 1, 15, 10)
    yield ended + HOUR
    report = stage.log("YL", "ae2", talk, ended, ["程屹"])
    yield ended + length
    stage.issue(report, "ae2")


def late_with_reason(stage):
    talk = ("提案费用电话", "客户询问提案费用是否另计。", "提案不另收费，制作另行报价。", None,
            "交提案范围说明", None)  # fmt: skip
    ended = slot(stage, 3, 2, 11)
    yield ended + HOUR
    report = stage.log("YL", "ae2", talk, ended, ["程屹"])
    yield ended + 26 * HOUR
    stage.issue(report, "ae2", late_reason="当日全天在外拍摄，无法上网，次日返回后补发。")


def running_at_h20(stage):
    """Twenty hours gone, not yet written: four are left."""
    ended = stage.now - 20 * HOUR - timedelta(minutes=30)
    yield ended + HOUR
    stage.log("LM", "ae1", TALKS["LM"][4], ended, ["何嘉宁"])


def breached_yesterday(stage):
    """Over 36 hours of HC's working time: it has gone up to the AD."""
    ended, calendar = stage.now - 38 * HOUR, CalendarDay.objects.calendar()
    while worked(ended, stage.now, calendar) < 38 * HOUR:
        ended -= HOUR
    yield ended + HOUR
    stage.log("HC", "ae4", TALKS["HC"][3], ended, ["郑伯庸"])


def logged_after_26_hours(stage):
    talk = ("赠品数量电话", "客户把赠品由 500 份加到 800 份。", "赠品按 800 份备。", None,
            "改赠品清单", None)  # fmt: skip
    ended = slot(stage, 2, 0, 9, 40)
    yield ended + 26 * HOUR
    report = stage.log("AH", "ae3", talk, ended, ["Eleanor Whitcombe"])
    yield ended + 27 * HOUR
    stage.issue(report, "ae3", late_reason="客户周一来电时同事代接，次日才转告，随即补记。")


def two_calls_in_one(stage):
    talk = TALKS["LM"][3]
    first = slot(stage, 1, 2, 9, 10)
    yield first + HOUR / 4
    report = stage.log("LM", "ae1", talk, first, ["何嘉宁"])
    yield first + 8 * HOUR
    client, user = stage.clients["LM"], stage.users["ae1"]
    services.add_call_to_report(
        report=report,
        kind="call",
        title="排期补充电话",
        ended_at=first + timedelta(hours=7, minutes=30),
        users=[user],
        contacts=[client.contacts.get(name="叶知秋")],
        by=user,
        at=stage.at,
    )
    yield first + 9 * HOUR
    stage.issue(report, "ae1")
    yield first + 12 * HOUR
    stage.answer(report, "何嘉宁", "accepted")
    yield first + 5 * DAY
    finish(stage, report)


def colour_of_the_pack(stage):
    """Returned with an objection; the revision went out five hours later, and was accepted."""
    talk = ("包装颜色电话", "客户说明礼盒主色的要求。", "礼盒主色用墨绿，以 11 月 12 日色样为准。",
            None, "按色样出礼盒完稿", "封存签字色样")  # fmt: skip
    ended = slot(stage, 1, 0, 14, 20)
    yield ended + HOUR
    report = stage.log("LM", "ae1", talk, ended, ["何嘉宁"])
    yield ended + 2 * HOUR
    stage.issue(report, "ae1")
    yield ended + 20 * HOUR
    reason = "我们说的是苔绿，不是墨绿，请更正。"
    stage.answer(report, "何嘉宁", "objected", about="1.2", reason=reason)
    yield ended + 24 * HOUR
    user = stage.users["ae1"]
    draft = services.revise_report(
        report=report, reason="客户更正颜色：苔绿，不是墨绿。", by=user, at=stage.at
    )
    data = typed.of_report(draft)
    points = [
        typed.PointData(p.kind, p.text.replace("墨绿", "苔绿"), p.solution, False, p.pk, p.item)
        for p in data.points
    ]
    changed = typed.ReportData(
        points=points, actions=data.actions, returner=data.returner, no_action=data.no_action
    )
    services.save_draft(
        report=draft, data=changed, row_version=draft.row_version, by=user, at=stage.at
    )
    yield ended + 25 * HOUR
    stage.issue(draft, "ae1")
    yield ended + 27 * HOUR
    stage.answer(draft, "何嘉宁", "accepted")


def deemed_over_a_weekend(stage):
    """Issued on a Friday, never answered: deemed accepted after two working days (Z4)."""
    ended = slot(stage, 2, 4, 10, 30)
    yield ended + HOUR
    report = stage.log("HC", "ae4", TALKS["HC"][4], ended, ["郑伯庸"])
    yield ended + 2 * HOUR
    stage.issue(report, "ae4")


def bounced(stage):
    """The mail came back: the 48 hours stand still, AE and AM know."""
    talk = ("监测口径电话", "客户希望监测口径改为自然周。", "自下月起按自然周出监测。", None,
            "改监测模板", None)  # fmt: skip
    ended = stage.now - 9 * HOUR
    yield ended + HOUR / 2
    report = stage.log("YL", "ae2", talk, ended, ["苏珺"])
    yield ended + HOUR
    stage.issue(report, "ae2")
    yield ended + 2 * HOUR
    report.refresh_from_db()
    dispatch = report.document.dispatches.get(contact__name="苏珺")
    mail_bounced(mail=dispatch.mail, by=stage.users["ae2"], at=stage.at)


def on_paper(stage):
    """Signed on paper and scanned."""
    ended = slot(stage, 3, 1, 16)
    yield ended + HOUR
    report = stage.log("AH", "ae3", TALKS["AH"][4], ended, ["孟珺"])
    yield ended + 3 * HOUR
    stage.issue(report, "ae3")
    yield ended + 24 * HOUR
    report.refresh_from_db()
    user, client = stage.users["ae3"], stage.clients["AH"]
    scan = file_upload(
        client=client,
        kind="return_proof",
        upload=SimpleUploadedFile("回传签字页.pdf", scanned_page(report), "application/pdf"),
        title=f"{report.number} 回传签字页",
        face=Document.Face.CLIENT,
        dated_on=timezone.localdate(stage.at),
        by=user,
        at=stage.at,
    )
    services.record_return(
        report=report,
        contact=client.contacts.get(name="孟珺"),
        answer="accepted",
        proof=scan,
        by=user,
        at=stage.at,
    )


def scanned_page(report):
    """A page that stands for the scan of a signed return."""
    return render("demo/scan.html", {"number": report.number, "client": str(report.client)})


def displeased(stage):
    """The client is displeased with our proofreading: management reads it at once (R25)."""
    talk = ("海报校对电话", "客户指出海报上一处价格错误。", "今后完稿由陆小满核对后再送。", None,
            "价格重核并回传核对表", None)  # fmt: skip
    ended = slot(stage, 1, 3, 11, 15)
    yield ended + HOUR
    user = stage.users["ae3"]
    report = stage.log("AH", "ae3", talk, ended, ["Eleanor Whitcombe"])
    data = typed.of_report(report)
    said = typed.PointData(
        "opinion", "客户对近两次校对不满意，认为我方应有专人把关。", for_management=True
    )
    services.save_draft(
        report=report,
        data=typed.ReportData(
            points=[*data.points, said], actions=data.actions, returner=data.returner
        ),
        row_version=report.row_version,
        by=user,
        at=stage.at,
    )
    yield ended + 3 * HOUR
    stage.issue(ContactReport.objects.get(pk=report.pk), "ae3")


def action_moved_three_times(stage):
    talk = ("漏播补播电话", "漏播两次，媒体同意补播。", "补播清单由媒介部核对。", None,
            "与媒介部核对漏播补播清单", "交十月播出证明的回执")  # fmt: skip
    ended = slot(stage, 4, 2, 10)
    yield ended + HOUR
    report = stage.log("LM", "ae1", talk, ended, ["何嘉宁"])
    yield ended + 2 * HOUR
    stage.issue(report, "ae1")
    user = stage.users["ae1"]
    for days in (6, 12, 18):
        yield ended + days * DAY
        action = ActionPoint.objects.live().get(report=report, user=user)
        services.move_due(
            action=action,
            due_on=action.due_on + timedelta(days=9),
            reason="电视台尚未交回播出日志，只能顺延。",
            row_version=action.row_version,
            by=user,
            at=stage.at,
        )


def action_reopened(stage):
    talk = ("广告指南电话", "客户更新标志净空规定。", "指南第 3 章按新规定改。", None,
            "更新广告指南第 3 章的标志净空", None)  # fmt: skip
    ended = slot(stage, 2, 1, 13, 30)
    yield ended + HOUR
    report = stage.log("LM", "ae1", talk, ended, ["何嘉宁"])
    yield ended + 2 * HOUR
    stage.issue(report, "ae1")
    user = stage.users["ae1"]
    yield ended + 4 * DAY
    action = ActionPoint.objects.live().get(report=report)
    services.complete(action=action, by=user, at=stage.at, text="已更新第 3 章")
    yield ended + 6 * DAY
    action.refresh_from_db()
    services.reopen(action=action, reason="客户指出附图仍是旧净空，须再改。", by=user, at=stage.at)
