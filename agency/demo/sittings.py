"""Sit-down meetings of the demo: held, moved, cancelled, not held, and those ahead."""

from datetime import timedelta

from django.utils import timezone

from agency.common.errors import Refused
from agency.demo import preparing
from agency.demo.stories import DAY, HOUR, WEEK, finish, slot
from agency.demo.talk import MONDAYS, PRESENTATION
from meetings import services
from meetings.models import ContactReport
from meetings.services import typed


def all_meetings(stage):
    """Every sit-down story, ready to be played."""
    return [
        preparing.rooms(stage),
        *mondays(stage),
        presentation(stage),
        moved_meeting(stage),
        cancelled_meeting(stage),
        client_did_not_come(stage),
        in_three_hours(stage),
        in_ten_minutes(stage),
        next_week(stage),
        urgent(stage),
        room_taken(stage),
    ]


def people_of(stage, code, logins, contacts, task="介绍进度并回答问题"):
    ours = [typed.PersonData(user=stage.users[login], task=task) for login in logins]
    client = stage.clients[code]
    theirs = [typed.PersonData(contact=client.contacts.get(name=name)) for name in contacts]
    return [*ours, *theirs]


def plan(stage, code, login, title, starts_at, minutes=60, items=(), invite=True, **more):
    user = stage.users[login]
    data = typed.MeetingData(
        kind=more.pop("kind", "face"),
        title=title,
        objective=more.pop("objective", "对齐进度，定下周要做的事"),
        starts_at=starts_at,
        planned_end=starts_at + timedelta(minutes=minutes),
        people=more.pop("people"),
        items=[typed.ItemData(name, 15, user) for name, _end, _carried in items] or None,
        chair=user,
        **more,
    )
    meeting = services.plan_meeting(client=stage.clients[code], data=data, by=user, at=stage.at)
    if invite:
        services.invite(meeting=meeting, row_version=None, by=user, at=stage.at)
    return meeting


def hold(stage, meeting, login, ended_at, items):
    """Held: outcomes typed per item, points made from them."""
    user = stage.users[login]
    report = services.hold_meeting(
        meeting=meeting, ended_at=ended_at, row_version=None, by=user, at=stage.at
    )
    words = {name: (end, is_carried) for name, end, is_carried in items}
    outcomes = {}
    for item in meeting.items.all():
        end, is_carried = words.get(item.title, ("继续跟进。", False))
        outcomes[item.pk] = ("carried" if is_carried else "concluded", end)
    services.set_outcomes(
        meeting=meeting, outcomes=outcomes, row_version=None, by=user, at=stage.at
    )
    return ContactReport.objects.get(pk=report.pk)


def finish_report(stage, report, login, our_task, returner):
    user = stage.users[login]
    data = typed.of_report(report)
    action = typed.ActionData(
        our_task, user=user, due_on=timezone.localdate(stage.at) + timedelta(days=4)
    )
    services.save_draft(
        report=report,
        data=typed.ReportData(
            points=data.points,
            actions=[action],
            returner=report.client.contacts.get(name=returner),
        ),
        row_version=report.row_version,
        by=user,
        at=stage.at,
    )
    report.refresh_from_db()
    return report


def mondays(stage):
    for weeks_ago in range(len(MONDAYS), 0, -1):
        yield monday(stage, weeks_ago)


def monday(stage, weeks_ago):
    """LM's regular meeting; last week's media mix is carried over to the next one."""
    items = MONDAYS[-weeks_ago]
    starts = slot(stage, weeks_ago, 0, 10)
    yield starts - 3 * DAY
    people = people_of(stage, "LM", ["ae1", "am1", "media1"], ["何嘉宁", "叶知秋"])
    meeting = plan(
        stage, "LM", "ae1", "周一例会", starts,
        people=people, items=items, purpose="regular",
    )  # fmt: skip
    preparing.book(stage, meeting, "ae1", "望海厅")
    yield starts - timedelta(hours=2, minutes=20)
    preparing.prepare(stage, meeting, "ae1", preparing.FINDING if weeks_ago == 1 else "")
    preparing.send(stage, meeting, "ae1")
    yield starts - timedelta(minutes=14)
    preparing.call(stage, meeting, "ae1", missed=["叶知秋"] if weeks_ago == 2 else ())
    yield starts + HOUR + timedelta(minutes=10)
    preparing.arrive(stage, meeting, "ae1", -5 if weeks_ago == 3 else 10)
    report = hold(stage, meeting, "ae1", starts + HOUR, items)
    yield starts + 5 * HOUR
    report = finish_report(stage, report, "ae1", "发出上周投放小结", "何嘉宁")
    stage.issue(report, "ae1")
    yield starts + 29 * HOUR
    stage.answer(report, "何嘉宁", "accepted")
    yield starts + 4 * DAY
    finish(stage, report)


def presentation(stage):
    starts = slot(stage, 2, 2, 14)
    yield starts - 6 * DAY
    people = people_of(stage, "YL", ["ae2", "ad2", "creative1"], ["程屹", "苏珺"])
    meeting = plan(
        stage, "YL", "ae2", "澜行上市提案", starts, 120,
        people=people, items=PRESENTATION, purpose="presentation", place="client",
        address="驭澜汽车总部 18 层", objective="定上市策略与创意方向",
    )  # fmt: skip
    yield starts - 4 * HOUR
    preparing.prepare(stage, meeting, "ae2", preparing.FINDING)
    preparing.send(stage, meeting, "ae2")
    yield starts - timedelta(minutes=14)
    preparing.call(stage, meeting, "ae2")
    yield starts + 2 * HOUR + timedelta(minutes=15)
    report = hold(stage, meeting, "ae2", starts + 2 * HOUR, PRESENTATION)
    yield starts + 20 * HOUR
    services.note_presentation(
        meeting=meeting, rehearsed_on=(starts - DAY).date(), result="won", row_version=None,
        presenters=list(meeting.attendees.exclude(user=None).values_list("pk", flat=True)),
        by=stage.users["ae2"], at=stage.at,
    )  # fmt: skip
    meeting.refresh_from_db()
    report = finish_report(stage, report, "ae2", "交第二案的三个延展", "程屹")
    stage.issue(report, "ae2")
    yield starts + 26 * HOUR
    stage.answer(report, "程屹", "accepted")


def moved_meeting(stage):
    starts = slot(stage, 0, 3, 10) + WEEK
    yield slot(stage, 1, 2, 9)
    people = people_of(stage, "HC", ["ae4", "ad1"], ["郑伯庸", "吴澄"])
    items = [("年末信函进度", "", False), ("一月网点内容", "", False)]
    meeting = plan(stage, "HC", "ae4", "年末信函进度会", starts, people=people, items=items)
    yield slot(stage, 1, 4, 11)
    services.move_meeting(
        meeting=meeting,
        starts_at=starts + DAY + 4 * HOUR,
        planned_end=starts + DAY + 5 * HOUR,
        reason="郑行长当日有监管会议，改到次日下午。",
        row_version=None,
        by=stage.users["ae4"],
        at=stage.at,
    )
    yield stage.now - HOUR
    preparing.send(stage, meeting, "ae4")


def urgent(stage):
    """AH rings at noon and wants to meet at once: the agenda goes out 40 minutes before."""
    starts = slot(stage, 1, 1, 15)
    yield starts - timedelta(minutes=55)
    people = people_of(stage, "AH", ["ae3", "am1"], ["孟珺"])
    meeting = plan(
        stage, "AH", "ae3", "包装说明紧急碰头", starts, 30,
        people=people, items=[("说明文字的法务意见", "", False)], kind="video", place="online",
        urgent_by="孟珺",
    )  # fmt: skip
    yield starts - timedelta(minutes=40)
    preparing.send(stage, meeting, "ae3", "客户临时要求，议程在通话后马上整理发出。")
    yield starts + HOUR / 2 + timedelta(minutes=5)
    items = [("说明文字的法务意见", "按法务意见改两处，今天出新稿。", False)]
    report = hold(stage, meeting, "ae3", starts + HOUR / 2, items)
    yield starts + 4 * HOUR
    report = finish_report(stage, report, "ae3", "出包装说明新稿", "Eleanor Whitcombe")
    stage.issue(report, "ae3")


def room_taken(stage):
    """Two meetings want the same room: the second is told who has it, and takes the other."""
    yield stage.now - timedelta(minutes=50)
    starts = slot(stage, -1, 0, 10)
    people = people_of(stage, "AH", ["ae3"], ["孟珺"])
    meeting = plan(stage, "AH", "ae3", "含片陈列碰头", starts, people=people, invite=False)
    try:
        preparing.book(stage, meeting, "ae3", "望海厅")
    except Refused:
        preparing.book(stage, meeting, "ae3", "听雨室")


def cancelled_meeting(stage):
    starts = slot(stage, 1, 4, 15)
    yield starts - 4 * DAY
    people = people_of(stage, "AH", ["ae3", "am1"], ["孟珺"])
    items = [("货架卡完稿", "", False)]
    meeting = plan(stage, "AH", "ae3", "货架卡完稿会", starts, people=people, items=items)
    yield starts - 5 * HOUR
    services.cancel_meeting(
        meeting=meeting,
        reason="客户完稿意见已书面给出，不必再开会。",
        row_version=None,
        by=stage.users["ae3"],
        at=stage.at,
    )


def client_did_not_come(stage):
    starts = slot(stage, 2, 3, 15)
    yield starts - 2 * DAY
    people = people_of(stage, "HC", ["ae4"], ["吴澄"])
    items = [("网点屏幕验收", "", False)]
    meeting = plan(stage, "HC", "ae4", "网点屏幕验收会", starts, people=people, items=items)
    yield starts + HOUR / 2
    services.not_held(
        meeting=meeting,
        reason="客户临时被叫去分行，人没有来，另约时间。",
        row_version=None,
        by=stage.users["ae4"],
        at=stage.at,
    )


def in_three_hours(stage):
    yield stage.now - DAY
    starts = stage.now + 3 * HOUR
    people = people_of(stage, "LM", ["ae1", "production1"], ["何嘉宁", "叶知秋"])
    items = [("打样颜色", "", False), ("印刷数量", "", False)]
    meeting = plan(stage, "LM", "ae1", "冬季礼盒打样会", starts, people=people, items=items)
    preparing.book(stage, meeting, "ae1", "听雨室")
    preparing.take_out(stage, meeting, "ae1", "ads")


def in_ten_minutes(stage):
    yield stage.now - DAY
    starts = stage.now + timedelta(minutes=10)
    people = people_of(stage, "MT", ["ae1", "am1"], ["秦若川", "许木"])
    items = [("认识双方团队", "", False), ("提案范围", "", False)]
    meeting = plan(
        stage, "MT", "ae1", "首次视频会", starts, 30,
        people=people, items=items, kind="video", place="online", objective="了解提案的范围与时间",
    )  # fmt: skip
    yield starts - 3 * HOUR
    preparing.send(stage, meeting, "ae1")


def next_week(stage):
    yield stage.now - HOUR
    starts = slot(stage, -1, 0, 10)
    people = people_of(stage, "LM", ["ae1", "am1", "media1"], ["何嘉宁", "叶知秋"])
    meeting = plan(stage, "LM", "ae1", "周一例会", starts, people=people, purpose="regular")
    preparing.book(stage, meeting, "ae1", "望海厅")
