"""Contexts of papers for tests and bench: plain data, as docs/papers.md lays down."""

from datetime import date

from tests.builders import when

HOUSE = {
    "name": "青屿广告",
    "name_en": "Greenisle Advertising",
    "address": "上海市望海路 88 号 4 层　200051",
    "phone": "021-5550 0188",
    "site": "greenisle.example",
}
ZHOU = {"name": "周喆", "title": "市场总监"}
CHEN = {"name": "陈堃", "title": "品牌经理", "address_as": "陈总"}
HE = {"name": "何祎", "title": "电商经理"}
LIN = {"name": "林翀", "title": "采购经理", "note": "另有会议，报告照发"}
SHEN = {"name": "沈砚秋", "name_en": "Shen Yanqiu", "role": "ad", "is_chair": True}
ZHONG = {"name": "钟晚棠", "name_en": "Zhong Wantang", "role": "am"}
LU = {"name": "陆小满", "name_en": "Lu Xiaoman", "role": "ae"}
JIANG = {"name": "江照", "role": "creative"}
JIAN = {"name": "简明达", "role": "media"}
HUO = {"name": "霍青", "role": "production"}
CLIENT = {"name": "绿麦食品", "name_en": "Greenwheat Foods"}


def point(no, kind, text, solution="", mark=""):
    return {"no": no, "kind": kind, "text": text, "solution": solution, "mark": mark}


def item(title, *points, source="us", is_disputed=False):
    return {"title": title, "source": source, "is_disputed": is_disputed, "points": list(points)}


def action(no, text, who, due_on, org=""):
    return {
        "no": no,
        "text": text,
        "who": who,
        "org": org,
        "is_client": bool(org),
        "due_on": due_on,
        "mark": "",
        "was_due_on": None,
    }


def items():
    return [
        item(
            "礼盒主视觉",
            point(
                "1.1",
                "discussion",
                "江照说明两个方向。方向甲“围炉”以一家人分食为画面，方向乙“第一口脆”以产品特写为画面。"
                "陈堃认为方向甲更合双旦送礼的场合，但礼盒在画面中偏小，货架前三米外看不清品名。",
            ),
            point(
                "1.2",
                "problem",
                "礼盒正面的金色在打样上偏绿，与十月确认的色样不符。",
                "制作部改用专色油墨重新打样，11 月 26 日前送客户；"
                "色样由陈堃签字封存，印刷以此为准。",
            ),
            point(
                "1.3", "decision", "采用方向甲“围炉”。礼盒放大至画面三分之一，正面品名不被遮挡。"
            ),
            source="carried",
        ),
        item(
            "产品样品与拍摄档期",
            point(
                "2.1",
                "discussion",
                "原定 11 月 20 日送达的礼盒样品 6 套未到。何祎说明包装厂推迟交货，"
                "最早 11 月 25 日可提供 4 套，其余 2 套 11 月 27 日补齐。",
            ),
            point("2.2", "decision", "拍摄改为 11 月 28 日至 29 日两天。"),
            source="client",
        ),
        item(
            "十二月电视广告排期",
            point("3.1", "info", "The client's own TV buying system is down until 27 November."),
            point(
                "3.2",
                "problem",
                "前两周全部改用 30 秒，媒介费用将超出已签媒介计划。",
                "媒介部于 11 月 26 日提交两个版本的对照，由周喆选定后再签媒介计划第 2 版。",
            ),
            is_disputed=True,
        ),
    ]


def actions():
    return [
        action(1, "送达礼盒样品 4 套至望海厅，收件人陆小满", HE, date(2026, 11, 25), "绿麦食品"),
        action(2, "在新色样上签字并寄回一份", CHEN, date(2026, 11, 27), "绿麦食品"),
        action(3, "专色油墨重新打样，送客户两份", HUO, date(2026, 11, 26)),
        action(4, "主视觉修改稿：礼盒放大，品名完整", JIANG, date(2026, 11, 25)),
    ]


def contact_report(**changes):
    """The client face of a first issue; `changes` replace what is named."""
    return {
        "face": "client",
        "lang": "zh",
        "zone": "Asia/Shanghai",
        "house": HOUSE,
        "number": "LM/CR/2026/014",
        "revision": 1,
        "client": CLIENT,
        "brand": "脆谷 Crisp Grain",
        "jobs": ["LM-26-031　双旦礼盒上市"],
        "author": LU,
        "issued_at": when("2026-11-23 19:42:08"),
        "reply_by": when("2026-11-25 19:42"),
        "returner": ZHOU,
        "meetings": [
            {
                "kind": "face",
                "title": "双旦礼盒第三次工作会",
                "starts_at": when("2026-11-23 14:00"),
                "ended_at": when("2026-11-23 15:20"),
                "place": "青屿广告 望海厅",
            }
        ],
        "present_client": [ZHOU, CHEN, HE],
        "present_ours": [SHEN, ZHONG, LU, JIANG, JIAN],
        "absent": [LIN],
        "distribution_client": [ZHOU, CHEN, HE, LIN],
        "distribution_ours": [SHEN, ZHONG, LU, JIANG, JIAN, HUO],
        "items": items(),
        "actions": actions(),
        "no_action": False,
        "next": [
            {
                "kind": "face",
                "title": "电视广告排期",
                "starts_at": when("2026-11-30 14:00"),
                "place": "青屿广告 望海厅",
            }
        ],
        **changes,
    }


def internal_report(**changes):
    inside = {
        "opinions": [{"no": "", "text": "周喆：近来提案多有重复，希望换一组人试试。", "by": ""}],
        "late_reason": "陆小满当日下午赴拍摄现场，网络中断两小时。",
        "remark": "客户正在比稿，排期争议请沈砚秋亲自跟进。",
        "revise_reason": "",
        "due_at": when("2026-11-24 15:20"),
    }
    return contact_report(face="internal", internal=inside, **changes)


def revised_report(**changes):
    """R2: a point changed, one added, one dropped; an action moved, one dropped."""
    first, second, third = items()
    first["points"][2]["mark"] = "changed"
    second["points"].append(point("2.3", "decision", "样品运费由客户承担。", mark="added"))
    third["points"][0]["mark"] = "dropped"
    tasks = actions()
    tasks[1] = action(2, "在新色样上签字并寄回两份", CHEN, date(2026, 11, 30), "绿麦食品")
    tasks[1] |= {"mark": "changed", "was_due_on": date(2026, 11, 27)}
    tasks[3]["mark"] = "dropped"
    return contact_report(revision=2, items=[first, second, third], actions=tasks, **changes)


def trail(**changes):
    hash_of_paper = "9e1f9fa9ad224732662fe8d554f1b082750c6e8cb7a49669ddd9319c34d81452"
    return {
        "face": "internal",
        "lang": "zh",
        "zone": "Asia/Shanghai",
        "house": HOUSE,
        "number": "LM/CR/2026/014",
        "revision": 1,
        "client": CLIENT,
        "record": "return",
        "paper": {
            "title": "会晤报告",
            "title_en": "Contact report",
            "number": "LM/CR/2026/014",
            "revision": 1,
            "sha256": hash_of_paper,
            "pages": 2,
            "issued_at": when("2026-11-23 19:42:08"),
        },
        "sent": [
            {
                "who": ZHOU,
                "channel": "mail",
                "address": "zhou.zhe@lvmai.example",
                "queued_at": when("2026-11-23 19:42:08"),
                "handed_at": when("2026-11-23 19:42:13"),
            }
        ],
        "answers": [
            {
                "who": ZHOU,
                "act": "objected",
                "at": when("2026-11-24 10:03:51"),
                "typed_name": "周喆",
                "about": "1.3",
                "words": "画面三分之一过大，请改回四分之一。",
                "way": "link",
                "sha256": hash_of_paper,
                "ip": "203.0.113.7",
                "agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X)",
                "code_at": when("2026-11-24 10:02:40"),
                "proof": None,
                "recorded_by": None,
                "confirmed_by": None,
                "confirmed_at": None,
            }
        ],
        **changes,
    }
