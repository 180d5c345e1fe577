"""The worked year of 6.4: LM without J6, AH with it, over-committed by 51,700.50."""

from decimal import Decimal

from agency.demo.bills import reminded
from agency.demo.desk import Desk, ago
from agency.demo.jobs import PLAN
from budgets.services.payment import pay_invoice
from jobs.models import Job
from jobs.services import ending
from jobs.services.waiver import waive_paper

D = Decimal
# Bills: issued so many days ago, net, paid so many days ago. A bill is due after 30 days.
LM_J1 = [(133, "120000", 105), (127, "60000", None), (75, "80000", None)]
LM_J2 = [(60, "200000", 31), (42, "100000", None)]
AH_J1 = [(133, "166470.50", 105), (75, "150000", 46)]
AH_J2 = [(60, "200000", 31), (25, "100000", None)]
# What the other jobs of the client have signed or billed is a part of J1 and J2.
LM_OTHERS, AH_OTHERS = D("56680.30"), D("3529.50")


def year_of_jobs(stage):
    """LM and AH: J1 to J5, AH with J6."""
    return [
        longest_overdue(stage),
        ordered_more(stage, "LM", "春茶坚果联名包装", D(450000) - LM_OTHERS, LM_J2),
        closed_below(stage, "LM", "夏日轻食门店海报"),
        with_client(stage, "LM", "新年家庭装电视短片"),
        ended_by_client(stage, "LM", "露营季快闪活动"),
        billed_whole(stage, "AH", "舒禾全国药店形象更新", D(320000) - AH_OTHERS, AH_J1),
        others_billed(stage),
        ordered_more(stage, "AH", "舒禾品牌网站与科普视频", D(450000), AH_J2),
        closed_below(stage, "AH", "舒禾学术会议展位"),
        with_client(stage, "AH", "舒禾含片地铁主题月"),
        ended_by_client(stage, "AH", "舒禾校园健康行"),
        over_budget(stage),
    ]


def begun(stage, code, title, net, days):
    work = Desk(stage, code)
    yield ago(stage, days)
    work.begin(title, net)
    return work


def billed_whole(stage, code, title, net, bills, days=150):
    """J1; returns the work and its invoices."""
    work = yield from begun(stage, code, title, net, days)
    yield from work.signed()
    invoices = yield from _billed(work, bills)
    return work, invoices


def _billed(work, bills):
    found = []
    for days, net, paid in bills:
        yield ago(work.stage, days)
        found += work.bill(D(net))
        if paid:
            work.stage.play(work.paid(found[-1], paid))
        if days == 127:
            work.stage.play(reminded(work, found[-1]))
    return found


def longest_overdue(stage):
    """LM J1: paid, overdue 97 and 45 days, and a last bill of which half is paid."""
    title = "全年品牌主视觉与陈列系统"
    work, _invoices = yield from billed_whole(stage, "LM", title, D(320000), LM_J1)
    yield ago(stage, 20)
    [last] = work.bill()
    yield ago(stage, 5)
    pay_invoice(
        invoice=last, on=work.day(0), amount=last.total / 2, reference="网银 首付",
        **work.who("finance1"),
    )  # fmt: skip


def others_billed(stage):
    """AH: the magazine page is billed whole, within J1."""
    yield ago(stage, 14)
    work = Desk(stage, "AH", job=Job.objects.get(client__code="AH", title="舒禾含片杂志内页"))
    work.bill()


def ordered_more(stage, code, title, net, bills):
    """J2: a change order of 38,500.50; 300,000.00 billed so far."""
    work = yield from begun(stage, code, title, net, 148)
    yield from work.signed()
    yield ago(stage, 90)
    yield from work.change("加做区域版本", D("38500.50"), "客户新增华南区域版本")
    yield from _billed(work, bills)
    yield ago(stage, 3)
    [waiting] = work.draft(D("50000"))
    work.checked(waiting)


def closed_below(stage, code, title):
    """J3: 96,000.00 signed, 91,200.00 billed, closed."""
    work = yield from begun(stage, code, title, D(96000), 120)
    yield from work.signed()
    work.plan(PLAN)
    work.creative_brief()
    order = work.order("planning", "按工作简要出稿", 8, department="creative")
    yield ago(stage, 105)
    work.done(order, "creative1")
    work.check(f"{title} 终稿", f"final artwork of {work.job.number}".encode())
    yield from _billed(work, [(104, "91200", 76)])
    yield ago(stage, 100)
    work.tick()
    work.deliver()
    waive_paper(
        job=work.job, kind="contact_report", reason="随年度会晤报告一并记录在案", **work.who("am")
    )
    work.close("实际用量低于估价，余额 4,800 元释放")


def with_client(stage, code, title):
    """J4: 140,000.00 sent, not signed: a memo only."""
    work = yield from begun(stage, code, title, D(140000), 6)
    work.submit().yes("am", "manager").yes("ad", "director").send()


def ended_by_client(stage, code, title):
    """J5: the client cancels; 12,000.00 stay as the fee, and are billed."""
    work = yield from begun(stage, code, title, D(60000), 110)
    yield from work.signed()
    yield ago(stage, 95)
    yield from work.change("取消未执行部分", D(-48000), "客户取消活动，只结算已完成的策划")
    yield from _billed(work, [(92, "12000", 64)])
    yield ago(stage, 90)
    ending.cancel_job(
        job=_fresh(work.job), reason="客户取消活动，策划费已结算", proof=work.scan(),
        **work.who("am"),
    )  # fmt: skip


def over_budget(stage):
    """J6: signed 640,000.00, more than the year holds."""
    work = yield from begun(stage, "AH", "舒禾秋冬品牌短片", D(640000), 50)
    yield from work.signed()


def _fresh(job):
    job.refresh_from_db()
    return job
