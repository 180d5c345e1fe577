"""Two faxes, two memos and a draft, and the searches that people keep (domain.md section 11)."""

from datetime import timedelta

from django.utils import timezone

from agency.demo.desk import ago
from archives.services import letters, saved

# client ("": of the agency), who, kind, days ago, what is typed
LETTERS = [
    ("LM", "ae1", "fax", 26, {
        "to": "周喆", "company": "绿麦食品有限公司", "fax_number": "021-5550 0266", "copy": "陈堃",
        "subject": "礼盒主视觉打样寄送", "pages": 4, "language": "both",
        "body": "周总监：\n\n礼盒主视觉第二稿打样两套已于今日寄出，附色样对照三页。"
                "请于本周五前在色样上签字并寄回一份，印刷以签字色样为准。\n\n"
                "如金色偏差仍未达到预期，请注明需要的色号，制作部当日重新打样。\n\n顺颂商祺",
    }),
    ("YL", "ae2", "memo", 17, {
        "to": "创意部、媒介部", "copy": "客户部经理", "subject": "车展前两周工作口径",
        "body": "一、车展物料以客户上周确认的版本为准，改动须先报客户部。\n"
                "二、媒体询问统一转客户公关负责人，不自行答复。\n"
                "三、每日下班前更新进度表，缺件当日说明。",
    }),
    ("", "ae1", "fax", 9, {
        "to": "业务部", "company": "示例户外媒体公司", "fax_number": "021-5550 0731",
        "subject": "请提供机场大牌明年刊例", "language": "zh",
        "body": "贵司好：\n\n请提供出发层与到达层大牌明年刊例价、尺寸及亮灯时间，"
                "并注明全年折扣。盼于本周内回复。",
    }),
    ("", "am1", "memo", 5, {
        "to": "客户服务部全体", "copy": "总监室", "subject": "年末档案整理",
        "body": "请各项目组于月底前补齐工作档案缺件，客户档案按“缺件”清单逐项处理；"
                "确不需要的文件由客户部经理写明理由。资料室录像带请一并归还。",
    }),
]  # fmt: skip
DRAFT = {
    "to": "何祎", "company": "绿麦食品有限公司", "subject": "双旦陈列照片补拍", "language": "zh",
    "body": "请告知华东门店可以补拍的日期。",
}  # fmt: skip
SENT_AFTER = timedelta(minutes=20)
WISHED_IN = timedelta(days=12)
# who, words, facets
KEPT = [("ae1", "礼盒", {}), ("ae1", "", {"kind": "clipping"}), ("am1", "色样", {})]


def all_letters(stage):
    return [_keep(stage), *(_letter(stage, row) for row in LETTERS), _draft(stage)]


def _letter(stage, row):
    """Written, issued at once, and noted as sent when the machine was done with it."""
    code, login, kind, days, typed = row
    yield ago(stage, days, 15)
    by = stage.users[login]
    if kind == "memo":
        typed = {**typed, "wished_on": timezone.localdate(stage.at) + WISHED_IN}
    letter = letters.draft_letter(
        kind=kind, client=stage.clients.get(code), by=by, at=stage.at, **typed
    )
    letter = letters.issue_letter(letter=letter, by=by, at=stage.at)
    if kind == "fax":
        yield stage.at + SENT_AFTER
        letters.note_sent(letter=letter, via="fax", sent_at=stage.at, by=by, at=stage.at)


def _draft(stage):
    yield ago(stage, 1, 17)
    client = stage.clients["LM"]
    letters.draft_letter(kind="fax", client=client, by=stage.users["ae1"], at=stage.at, **DRAFT)


def _keep(stage):
    yield ago(stage, 30)
    for login, words, facets in KEPT:
        saved.keep_search(query=words, facets=facets, by=stage.users[login], at=stage.at)
