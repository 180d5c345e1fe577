"""Jobs, briefs, estimates, timelines and checks that a visitor must find (domain.md section 11)."""

from decimal import Decimal

from agency.demo.stories import HOUR, on_time, slot
from agency.demo.works import Work, supplier
from archives.services import waive
from jobs.models import Fact
from jobs.services import brief as briefs
from jobs.services import chain, completion, costs, ending, job, lines, revising, signing
from jobs.services.milestones import tick_milestone
from jobs.services.work import receive_order

SMALL = (("设计", "排版", "2", "天", "1500", None, "0.06"),)
PLAN = (
    ("客户提供产品样品", 4, "client", True, "请提供两箱产品样品"),
    ("创意稿", 9, "creative", True, ""),
    ("客户确认稿件", 12, "client", True, "请确认稿件"),
    ("内部校色", 14, "production", False, ""),
    ("交付印刷文件", 16, "account", True, ""),
)
RISK = "签字前的创意由我方承担风险。"


def all_jobs(stage):
    """Every story of a job, ready to be played."""
    return [
        whole_way(stage),
        refused_by_client(stage),
        refused_by_manager(stage),
        awaiting_director(stage),
        awaiting_second_director(stage),
        expired(stage),
        withdrawn(stage),
        on_paper(stage),
        three_versions(stage),
        fact_awaited(stage),
        strategy_try(stage),
        closed(stage),
        checks(stage),
        ended_early(stage),
    ]


def whole_way(stage):
    """LM: the estimate of 6.1 signed, a change order signed, a plan that slipped by the client."""
    work = Work(stage, "LM")
    yield slot(stage, 4, 0, 10)
    work.ask("冬季礼盒上市海报", 45, [("海报", "print", 5000), ("画册", "collateral", 1)],
             risk_note=RISK)  # fmt: skip
    work.brief("让冬季礼盒在上市首周被认识。", departments=("creative", "production"))
    yield slot(stage, 4, 0, 14)
    work.approve().price()
    yield slot(stage, 4, 1, 10)
    work.submit().yes("am", "manager")
    yield slot(stage, 4, 2, 11)
    work.yes("ad", "director").send()
    yield slot(stage, 4, 3, 16)
    work.sign()
    plan = work.plan(PLAN)
    work.creative_brief()
    yield slot(stage, 4, 4, 10)
    order = work.order("creative", "按创意简报出三个方向", 9)
    printing = work.order("supplier", "按附件报价印刷", 14, supplier=supplier("灯塔印务"))
    yield slot(stage, 3, 1, 9)
    receive_order(order=order, by=stage.users["creative1"], at=stage.at)
    _enter(work, printing)
    yield from _slips(work, plan)
    yield slot(stage, 2, 3, 10)
    yield from _change_order(work)


def _enter(work, printing):
    line = work.paper.lines.get(text="印刷")
    costs.enter_cost(
        job=_fresh(work), kind="order", amount=Decimal("5200.00"), on=work.day(0), line=line,
        supplier=printing.supplier, start_order=printing, number="DT-118", **work.who("ae"),
    )  # fmt: skip
    costs.note_error(
        job=work.job, kind="omission", text="漏报运费，签字后由客户部自行承担。",
        found_on=work.day(0), amount=Decimal("380.00"), estimate=work.paper,
        noticed_by=work.user("am"), **work.who("ae"),
    )  # fmt: skip


def _slips(work, plan):
    """Samples come late: version 2, then 3, the new date overdue as well."""
    stage = work.stage
    for number, (weekday, days) in enumerate(((2, 5), (4, 6))):
        yield slot(stage, 3 - number, weekday, 15)
        first = work.job.timelines.current().get().milestones.first()
        tick_milestone(
            milestone=first, forecast_on=work.day(days), slip_cause="client",
            slip_note="样品在途", **work.who("ae"),
        )  # fmt: skip
        rows = [(name, due + days - 4, *more) for name, due, *more in PLAN]
        plan = work.plan(rows, reason="客户样品晚到，后续步骤顺延", cause="client")
    return plan


def _change_order(work):
    change = revising.draft_change_order(
        estimate=work.paper, reason="客户加印陈列台卡 300 份", **work.who("ae")
    )
    data = {"group": "印刷", "text": "陈列台卡", "quantity": Decimal("300"), "unit": "份",
            "unit_cost": Decimal("4.20"), "vat_rate": Decimal("0.13"),
            "markup_rate": Decimal("0.1765")}  # fmt: skip
    lines.save_line(estimate=change, data=data, **work.who("ae"))
    work.paper = change
    yield from work.signed()


def _fresh(work):
    work.job.refresh_from_db()
    return work.job


def begun(stage, code, title, weeks_ago, weekday, rows=SMALL, departments=(), **more):
    """A job with its estimate drafted, a morning's work."""
    work = Work(stage, code)
    yield slot(stage, weeks_ago, weekday, 9, 30)
    work.ask(title, 60, [("主稿", "print", 1)], **more)
    work.brief("按时上线。", departments=departments)
    yield slot(stage, weeks_ago, weekday, 11)
    work.approve().price(rows, contingency="0")
    return work


def refused_by_client(stage):
    work = yield from begun(stage, "LM", "每日坚果店头物料", 5, 0)
    work.submit().yes("am", "manager").yes("ad", "director").send()
    yield slot(stage, 5, 2, 10)
    work.turn_down("排版费用高于去年同类物料，请重新核对。")
    yield slot(stage, 5, 2, 17)
    work.paper = revising.revise_estimate(estimate=work.paper, **work.who("ae"))
    line = work.paper.lines.get()
    lines.save_line(
        estimate=work.paper, line=line, data={"unit_cost": Decimal("1200")}, **work.who("ae")
    )
    yield from work.signed()


def refused_by_manager(stage):
    """The control total did not agree: a line stood there twice."""
    work = yield from begun(stage, "LM", "电商主图更新", 1, 1)
    work.submit()
    yield slot(stage, 1, 1, 16)
    work.no("am", "manager", "复核合计不符：排版重复计入一天。")


def awaiting_director(stage):
    work = yield from begun(stage, "LM", "年货节预热长图", 1, 3)
    work.submit()
    yield slot(stage, 1, 4, 10)
    work.yes("am", "manager")


def awaiting_second_director(stage):
    """YL: 640,000 stands above the limit of one director."""
    rows = (("影片", "影片制作", "1", "支", "1", "603773.58", "0.06"),)
    work = yield from begun(stage, "YL", "澜行 SUV 电视广告片", 2, 0, rows=rows)
    work.submit()
    yield slot(stage, 2, 1, 10)
    work.yes("am", "manager")
    yield slot(stage, 2, 2, 10)
    work.yes("ad", "director")


def expired(stage):
    work = yield from begun(stage, "AH", "舒禾含片药店易拉宝", 4, 1)
    work.submit().yes("am", "manager").yes("ad", "director").send()


def withdrawn(stage):
    work = yield from begun(stage, "AH", "舒禾含片说明书改版", 2, 2)
    work.submit()
    yield slot(stage, 2, 2, 17)
    chain.withdraw_estimate(
        estimate=work.paper, reason="客户改用自有设计师，暂停估价", **work.who("ae")
    )


def on_paper(stage):
    """HC has no AM: the AD takes the manager step, the GAD the director step; signed on paper."""
    work = yield from begun(stage, "HC", "汇澄信用卡开卡礼海报", 1, 0, po_number="PO-2026-118")
    work.submit()
    yield slot(stage, 1, 0, 15)
    work.yes("ad1", "manager")
    yield slot(stage, 1, 1, 15)
    work.yes("gad1", "director").send()
    yield slot(stage, 1, 3, 15)
    proof = work.scan()
    signing.record_signature(
        estimate=work.paper, contact=work.paper.sent_to, proof=proof, **work.who("ae")
    )


def three_versions(stage):
    work = Work(stage, "LM")
    yield slot(stage, 3, 0, 9)
    work.ask("每日坚果短视频脚本", 50, [("脚本", "digital", 3)], risk_note=RISK)
    work.brief("让年轻家庭每天想起坚果。")
    yield slot(stage, 3, 2, 9)
    work.brief("让年轻家庭每天早餐想起坚果。", reason="客户把使用场景收窄为早餐")
    yield slot(stage, 0, 0, 9)
    work.brief(
        "让年轻家庭每天早餐想起坚果，突出独立小包。", reason="客户新增独立小包卖点",
        mandatories="标识、执行标准号、独立小包图。",
    )  # fmt: skip


def fact_awaited(stage):
    """AH: the product photo is awaited, so nobody starts."""
    work = Work(stage, "AH")
    yield slot(stage, 1, 2, 10)
    contact = work.client.contacts.get(name="孟珺")
    work.ask("舒禾含片候车亭广告", 40, [("候车亭画面", "outdoor", 4)], risk_note=RISK)
    photo = {"name": "新包装产品照片", "needed_for": Fact.NeededFor.ALL, "state": "awaited",
             "from_contact": contact, "from_user": None, "due_on": work.day(5)}  # fmt: skip
    work.brief("让通勤者记住舒禾含片。", facts=[photo])
    yield slot(stage, 1, 2, 15)
    work.approve()
    work.plan(PLAN)
    work.creative_brief()


def strategy_try(stage):
    """唐一帆, six weeks in the job, tries a strategy; the director comments (HC has no AM)."""
    work = Work(stage, "HC")
    yield slot(stage, 0, 0, 9, 30)
    work.ask("汇澄信用卡周末五折", 55, [("海报", "print", 1)], risk_note=RISK)
    brief = work.brief(
        "让持卡人周末想起汇澄。", departments=(), strategy_try="不讲折扣，讲“周末不用排队”的轻松。"
    )
    yield slot(stage, 0, 0, 16)
    briefs.comment_strategy(
        brief=brief, text="方向好；把“轻松”落到一个具体的周末场景里。", **work.who("ad1")
    )


def closed(stage):
    """LM: the whole way to the end, named by a call's report (9.4), rated by the creative
    department."""
    work = yield from begun(stage, "LM", "中秋礼盒报纸广告", 8, 0, departments=("creative",))
    yield from work.signed()
    work.plan(PLAN)
    work.creative_brief()
    yield slot(stage, 8, 1, 10)
    order = work.order("planning", "按工作简要出稿", 8, department="creative")
    talk = ("中秋礼盒报纸广告定稿电话", f"客户看过 {work.job.number} 的报纸稿，礼盒图可再大些。",
            "礼盒图放大三成，其余不动，按此出终稿。", None, "交放大后的终稿", None)  # fmt: skip
    stage.play(on_time(stage, "LM", talk, weeks_ago=7, weekday=0))
    yield slot(stage, 7, 1, 10)
    work.done(order, "creative1")
    work.check("中秋礼盒报纸广告 终稿", b"final artwork for the newspaper")
    yield slot(stage, 7, 2, 10)
    work.tick()
    work.deliver()
    waive(
        client=work.job.client, kind="ad_guideline",
        reason="客户总部正在修订品牌手册，定稿前以历年成稿为准", **work.who("am"),
    )  # fmt: skip
    yield slot(stage, 7, 4, 10)
    work.close()
    yield slot(stage, 6, 0, 10)
    completion.rate_job(
        job=_fresh(work), stars=5, text="需求清楚，改稿次数少。", **work.who("creative1")
    )


def checks(stage):
    """AH: a wrong price fails, the corrected file passes; a tape is checked; ready to close."""
    work = yield from begun(stage, "AH", "舒禾含片杂志内页", 6, 0, departments=("creative",))
    work.plan(PLAN)
    yield from work.signed()
    work.creative_brief()
    yield slot(stage, 6, 1, 10)
    order = work.order("planning", "按工作简要出稿", 8, department="creative")
    yield slot(stage, 5, 1, 10)
    work.done(order, "creative1")
    work.check("杂志内页", b"page with a wrong price", findings="产品照片下的价格应为 39.80 元。")
    yield slot(stage, 5, 2, 10)
    work.check("杂志内页", b"page with the right price")
    work.check("十五秒电视版播出带", b"tape sheet of fifteen seconds", kind="tape")
    yield slot(stage, 5, 3, 10)
    work.tick(late="创意稿")
    work.deliver()
    completion.draft_completion(job=work.job, **work.who("ae"))


def ended_early(stage):
    """One request refused, one job cancelled, one still waiting for its number."""
    refused, gone, waiting = (Work(stage, "LM") for _three in range(3))
    yield slot(stage, 2, 4, 9)
    refused.ask("公众号头图更换", 20, [("头图", "digital", 1)])
    gone.ask("超市堆头设计", 30, [("堆头", "event", 2)])
    gone.brief("让堆头在三米外被看见。", departments=())
    yield slot(stage, 2, 4, 15)
    job.reject_job(
        job=refused.job, reason="并入年货节长图一起制作，不另立工作号", **refused.who("am")
    )
    gone.approve()
    yield slot(stage, 1, 0, 10)
    ending.cancel_job(job=gone.job, reason="超市临时取消了全部陈列位", **gone.who("am"))
    yield stage.now - 3 * HOUR
    waiting.ask("春季新品命名与包装", 70, [("包装", "print", 2)])
    waiting.brief("为春季新品定名并做包装。", departments=())
