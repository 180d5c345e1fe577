"""Twenty tapes with their loans, and the reference file (domain.md section 11)."""

from datetime import timedelta

from django.utils import timezone

from agency.demo.desk import ago
from agency.demo.letters import all_letters
from agency.demo.rivals import KEEPERS, rivals_of
from archives import services
from archives.models import Ad

# client, which rival (None: its own), title, format, seconds, recorded days ago, shelf, is a master
TAPES = [
    ("LM", None, "脆谷每日坚果 上市 30 秒", "betacam", 30, 1460, "A-01-01", True),
    ("LM", None, "脆谷每日坚果 上市 15 秒", "betacam", 15, 1460, "A-01-02", True),
    ("LM", None, "脆谷中秋礼盒「围炉」30 秒", "dvcam", 30, 820, "A-01-05", True),
    ("LM", None, "脆谷中秋礼盒 花絮", "dvcam", 420, 818, "A-01-06", False),
    ("LM", 0, "金穗「丰年」系列 5 条", "vhs", 150, 540, "C-02-01", False),
    ("LM", 0, "金穗 春节贺岁片", "file", 60, 290, "C-02-02", False),
    ("LM", 1, "山果园 门店片合集", "vhs", 600, 410, "C-02-07", False),
    ("YL", None, "驭澜 澜行 SUV 发布会", "betacam", 2700, 700, "A-03-01", True),
    ("YL", None, "澜行 SUV「过山」60 秒", "film", 60, 690, "A-03-02", True),
    ("YL", None, "澜行 SUV「过山」30 秒", "betacam", 30, 690, "A-03-03", True),
    ("YL", 0, "凌岳 越野系列 6 条", "vhs", 210, 365, "C-04-01", False),
    ("YL", 1, "朔风 电动新车 30 秒", "file", 30, 120, "C-04-03", False),
    ("AH", None, "舒禾含片「开口」15 秒", "dvcam", 15, 1100, "A-05-01", True),
    ("AH", None, "舒禾含片 地铁屏 10 秒", "file", 10, 95, "A-05-04", True),
    ("AH", 0, "康泉 润喉糖 3 条", "vhs", 45, 480, "C-05-01", False),
    ("AH", 1, "青囊 科普短片", "file", 180, 60, "C-05-02", False),
    ("HC", None, "汇澄信用卡「日常」30 秒", "u_matic", 30, 2400, "A-07-01", True),
    ("HC", None, "汇澄信用卡「远行」30 秒", "betacam", 30, 900, "A-07-02", True),
    ("HC", 0, "临江银行 形象片", "betacam", 60, 1300, "C-07-01", False),
    ("HC", 1, "云帆银行 手机银行 15 秒", "file", 15, 75, "C-07-03", False),
]
# The place in TAPES, borrower, what for, lent and due so many days ago, back (None: not yet).
LOANS = [
    (4, "creative1", "为冬季礼盒提案看竞品", 44, 37, 38),
    (10, "creative1", "车型提案前看竞品", 30, 23, 24),
    (2, "ae1", "年度会晤上放映", 24, 17, 17),
    (7, "ae2", "剪辑发布会回顾", 22, 8, None),
    (14, "creative1", "看对手怎样说功效", 6, -8, None),
    (18, "ad1", "总监室看片", 20, 13, 14),
]
OVERDUE, LOST, DISCARDED = 7, 6, 16
WHERE = "搬库房时清点不见，两次寻找未果。"
WORN = "磁粉脱落，已转录为数码文件存档。"
PRINTED = (0, 8, 4)
# client, kind, topic, source, days ago, title, text
PAPERS = [
    ("LM", "clipping", "坚果市场", "示例食品报", 64, "礼盒装坚果提前两周上架",
     "多家商超把中秋坚果礼盒的上架日提前两周，小规格混装增长最快。"),
    ("LM", "clipping", "坚果市场", "示例零售周刊", 33, "金穗食品推出独立小包",
     "金穗食品推出 25 克独立小包，首月铺货覆盖华东便利店。"),
    ("LM", "reference", "包装标识法规", "示例标准资料库", 210, "预包装食品标签要点",
     "净含量、配料表、致敏原提示的字号与位置要求摘要，供平面稿校对时查阅。"),
    ("LM", "reference", "节庆日历", "本部整理", 150, "全年节庆与上市节点",
     "春节、中秋、双旦与电商节点的备货与上线倒排日期。"),
    ("YL", "clipping", "新能源车", "示例汽车报", 47, "朔风汽车公布新车续航",
     "朔风汽车公布新车型续航与预售价，首批在十二个城市交付。"),
    ("YL", "clipping", "新能源车", "示例财经网", 12, "SUV 细分市场三季度回升",
     "三季度 SUV 上牌量环比回升，二十万元以上车型占比提高。"),
    ("YL", "reference", "媒介刊例", "示例户外媒体公司", 90, "机场大牌刊例与规格",
     "出发层与到达层大牌的尺寸、亮灯时间与刊例价。"),
    ("AH", "reference", "药品广告法规", "示例法规汇编", 260, "非处方药广告用语要点",
     "忠告语、批准文号与禁用词的要点摘要，外发核查时对照。"),
    ("AH", "clipping", "润喉品类", "示例健康报", 21, "秋冬润喉产品备货加快",
     "连锁药店秋冬备货较去年提前，含片类小包装占比上升。"),
    ("HC", "clipping", "信用卡市场", "示例金融报", 18, "年轻客群卡面成新卖点",
     "多家银行为年轻客群推出联名卡面，开卡礼转向体验类权益。"),
    ("HC", "reference", "金融广告法规", "示例法规汇编", 300, "金融产品广告提示语",
     "收益、费率与风险提示语的字号和停留时间要求摘要。"),
]  # fmt: skip


def all_shelves(stage):
    return [shelved(stage), looked_up(stage), *all_letters(stage)]


def shelved(stage):
    """Entered when the library was taken over; lent since; two are gone."""
    yield ago(stage, 60)
    tapes = [_tape(stage, row) for row in TAPES]
    for moment, act in _acts(stage, tapes):
        yield moment
        act()


def _tape(stage, row):
    code, rival, title, shape, seconds, days, shelf, is_master = row
    client = stage.clients[code]
    competitor = None if rival is None else rivals_of(stage, code)[rival]
    ads = Ad.objects.filter(client=client, competitor=None, medium="tv") if is_master else ()
    return services.create_tape(
        client=client, competitor=competitor, title=title, format=shape, length_s=seconds,
        recorded_on=timezone.localdate(stage.now) - timedelta(days=days), shelf=shelf,
        is_master=is_master, ad=next(iter(ads), None), **_who(stage, code),
    )  # fmt: skip


def _who(stage, code):
    return {"by": stage.users[KEEPERS[code]], "at": stage.at}


def _acts(stage, tapes):
    """[(when, what)] in the order of time."""
    acts = []
    for place, login, purpose, out, due, back in LOANS:
        acts.append((ago(stage, out), _lend(stage, tapes, place, login, purpose, due)))
        if back is not None:
            acts.append((ago(stage, back, 16), _do(stage, tapes, place, services.return_tape)))
    lose, discard = services.lose_tape, services.discard_tape
    acts.append((ago(stage, 15), _do(stage, tapes, LOST, lose, reason=WHERE)))
    acts.append((ago(stage, 14), _do(stage, tapes, DISCARDED, discard, reason=WORN)))
    for place in PRINTED:
        acts.append((ago(stage, 10), _do(stage, tapes, place, services.print_tape_sheet)))
    return sorted(acts, key=lambda act: act[0])


def _do(stage, tapes, place, verb, **facts):
    return lambda: verb(tape=tapes[place], **_who(stage, TAPES[place][0]), **facts)


def _lend(stage, tapes, place, login, purpose, due):
    facts = {
        "borrower": stage.users[login], "purpose": purpose,
        "due_on": timezone.localdate(stage.now) - timedelta(days=due),
    }  # fmt: skip
    return _do(stage, tapes, place, services.lend_tape, **facts)


def looked_up(stage):
    """Filed as they were found."""
    for code, kind, topic, source, days, title, text in sorted(PAPERS, key=lambda row: -row[4]):
        yield ago(stage, min(days, 60), 11)
        services.file_document(
            client=stage.clients[code], kind=kind, topic=topic, source=source, title=title,
            text=text, content=text.encode(), name=f"{title}.txt", face="internal",
            dated_on=timezone.localdate(stage.now) - timedelta(days=days), **_who(stage, code),
        )  # fmt: skip
