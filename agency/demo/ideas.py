"""What the demo's people suggested to their clients, and what came of it (domain.md section 11)."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from agency.demo.desk import ago
from agency.demo.rivals import KEEPERS
from jobs.services import suggestion as suggestions

# client, entered, proposed, decided so many days ago (None: not yet), outcome, origin, value, idea
IDEAS = [
    ("LM", 52, 47, 30, "accepted", "competitor", "120000",
     "金穗在推独立小包：建议脆谷做“一周七味”便利店小包装与货架陈列。"),
    ("LM", 26, 22, 15, "declined", "budget", "60000",
     "媒介预算有余额：建议春节前补一轮地铁灯箱。"),
    ("LM", 9, None, None, "", "press", "80000",
     "礼盒提前上架：建议把中秋礼盒主视觉提前到六月定稿，并做预售页面。"),
    ("YL", 40, 35, None, "", "brainstorm", "150000",
     "车主故事短片征集：由老车主讲一段路，做成十二条竖屏短片。"),
    ("AH", 34, 30, 12, "accepted", "client", "45000",
     "客户提到药店店员答不出差异：建议做店员一分钟问答卡。"),
    ("HC", 72, 70, None, "", "press", "",
     "年轻客群看重卡面：建议与插画家合作四季卡面。"),
]  # fmt: skip
WHY = "今年预算已定，明年春节前再议。"
SAID = "客户认可，请按此立工作。"
BEGUN, TITLE = 0, "脆谷一周七味便利店小包装"


def all_ideas(stage):
    return [suggested(stage, number) for number in range(len(IDEAS))]


def suggested(stage, number):
    """From the idea to the client's word; the first became a job, another waits for its job."""
    code, entered, proposed, decided, outcome, origin, value, idea = IDEAS[number]
    client, today = stage.clients[code], timezone.localdate(stage.now)
    yield ago(stage, entered)
    row = suggestions.create_suggestion(
        client=client, idea=idea, origin=origin, brand=client.brands.first(),
        value=Decimal(value) if value else None, **_who(stage, code),
    )  # fmt: skip
    if proposed is None:
        return
    yield ago(stage, proposed, 15)
    day = today - timedelta(days=proposed)
    suggestions.propose_suggestion(suggestion=row, proposed_on=day, **_who(stage, code))
    if decided is None:
        return
    yield ago(stage, decided, 15)
    suggestions.decide_suggestion(
        suggestion=row, outcome=outcome, decided_on=today - timedelta(days=decided),
        result=WHY if outcome == "declined" else SAID, **_who(stage, code),
    )  # fmt: skip
    if number == BEGUN:
        due_on = today + timedelta(days=40)
        suggestions.job_of_suggestion(
            suggestion=row, title=TITLE, due_on=due_on, **_who(stage, code)
        )


def _who(stage, code):
    return {"by": stage.users[KEEPERS[code]], "at": stage.at}
