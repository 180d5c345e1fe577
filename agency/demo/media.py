"""Media plans: signed, run and missed, billed by the agency or by the owner, waiting, a draft."""

from datetime import timedelta
from decimal import Decimal

from agency.demo.desk import Desk
from agency.demo.stories import slot
from budgets.models import Invoice
from budgets.services.invoice_credit import credit_invoice
from budgets.services.invoice_owner import record_media_owner_invoice
from budgets.services.payment import pay_invoice
from budgets.services.plan import create_plan
from budgets.services.plan_lines import save_line
from budgets.services.plan_runs import book_lines, make_good, miss_line, run_line
from budgets.years import cutoff, month_at, months_of, next_month
from jobs.models import Supplier

D = Decimal
DAY = timedelta(days=1)
# Of 6.2: medium, vehicle, owner, format, months from the last one, runs, rate card price, discount
WORKED = [
    ("tv", "东岸卫视 晚间剧场", "东岸卫视", "30″", 0, 20, "18000", "0.45"),
    ("newspaper", "晨港日报", "晨港日报社", "整版彩色", 0, 4, "86500", "0.325"),
    ("radio", "城市之声 早高峰", "城市之声广播", "15″", 1, 90, "1280.50", "0.5"),
]
# With the plan of 6.2 this is the media of the worked year (6.4).
YEAR = [
    ("tv", "东岸卫视 季播冠名", "东岸卫视", "季度套装", -2, 1, "1627971.96", "0"),
    ("outdoor", "江湾地铁 站台灯箱", "远桥户外", "全线八周", -1, 1, "1000000.00", "0"),
    ("digital", "连星视频 开屏与贴片", "连星互动", "首月套装", 2, 1, "545985.97", "0"),
]
CARS = [
    ("tv", "东岸卫视 黄金时段", "东岸卫视", "15″", 2, 60, "52000", "0.42"),
    ("outdoor", "机场高速立柱", "远桥户外", "18 × 6 米", 2, 4, "120000", "0.3"),
]
BANK = [("newspaper", "晨港日报 财经版", "晨港日报社", "半版", 0, 4, "60000", "0.2")]
DRAFT = [("digital", "短视频信息流", "连星互动", "竖版 15 秒", 2, 30, "4200", "0.15")]


def all_plans(stage):
    return [whole_year(stage), worked(stage), direct(stage), awaiting(stage), drafted(stage)]


class Plan(Desk):
    """A media job and its plan."""

    @property
    def month(self):
        """The month before today's, where what ran is known."""
        return next_month(month_at(self.client, self.stage.now), -1)

    def month_of(self, months):
        """So many months from the one before today's; what lies ahead stays within the year."""
        month = next_month(self.month, months)
        return min(month, months_of(self.client, self.year)[-1]) if months > 0 else month

    def instant(self, days, month=0):
        """10:00 of a day, counted from the first of that month or of one before it."""
        end = cutoff(self.client, next_month(self.month, month - 1))
        return end + (days - 1) * DAY + 10 * DAY / 24

    def plan_for(self, title, rows, **more):
        self.ask(title, 240, [("投放稿", rows[0][0], 1)], kind="media", **more)
        self.brief("在目标市场达到计划到达率。", departments=("media",))
        self.approve()
        self.paper = create_plan(job=self.job, title=title, **self.who("ae"))
        for row in rows:
            save_line(plan=self.paper, data=self.data(row), **self.who("ae"))
        self.paper.refresh_from_db()
        return self

    def data(self, row):
        medium, vehicle, name, spec, months, runs, price, discount = row
        return {
            "medium": medium, "vehicle": vehicle, "supplier": owner(name), "spec": spec,
            "market": "上海", "month": self.month_of(months), "runs": runs,
            "unit_gross": D(price), "discount_rate": D(discount),
        }  # fmt: skip


def owner(name):
    return Supplier.objects.get_or_create(name=name, defaults={"kind": "media"})[0]


def whole_year(stage):
    """LM: billed and paid month by month; a spot was missed, another medium made it good."""
    work = Plan(stage, "LM")
    yield slot(stage, 20, 0, 14)
    yield from work.plan_for("全年品牌投放", YEAR).signed()
    television, outdoor, _later = work.paper.lines.all()
    yield work.instant(3, -2)
    book_lines(plan=work.paper, lines=[television, outdoor], booked_on=work.day(0),
               **work.who("media1"))  # fmt: skip
    yield from _billed_and_paid(work, -2)
    yield from _billed_and_paid(work, -1)
    proof = work.filed("clipping", "江湾地铁 上刊照片")
    miss_line(line=television, reason="转播临时改期，末期冠名未播。", **work.who("media1"))
    run_line(line=outdoor, proof=proof, **work.who("media1"))
    make_good(line=television, with_line=outdoor, **work.who("media1"))


def _billed_and_paid(work, back):
    yield work.instant(20, back)
    bills = work.bill(month=next_month(work.month, back))
    yield work.instant(40, back)
    for row in bills:
        pay_invoice(invoice=row, on=work.day(0), amount=row.total, reference=f"网银 {row.number}",
                    **work.who("finance1"))  # fmt: skip


def worked(stage):
    """LM: the plan of 6.2, commission on top, signed; television ran, the newspaper was missed."""
    work = Plan(stage, "LM")
    yield slot(stage, 9, 0, 14)
    yield from work.plan_for("冬季礼盒上市投放", WORKED).signed()
    television, newspaper, _radio = work.paper.lines.all()
    yield work.instant(3)
    book_lines(plan=work.paper, lines=[television, newspaper], booked_on=work.day(0),
               **work.who("media1"))  # fmt: skip
    yield work.instant(20)
    bills = work.bill(month=work.month)
    yield work.instant(25)
    proof = work.filed("clipping", "东岸卫视 播出证明")
    run_line(line=television, proof=proof, **work.who("media1"))
    miss_line(line=newspaper, reason="报社临时撤版，少登一期。", **work.who("media1"))
    yield work.instant(26)
    _credit(work, bills, newspaper)


def _credit(work, bills, missed):
    media = next(row for row in bills if row.kind == Invoice.Kind.MEDIA)
    line = media.lines.get(media_line=missed)
    credit_invoice(
        invoice=media, amounts={line.pk: D("22300.00")}, reason="晨港日报临时撤版，少登一期。",
        contacts=[work.client.contacts.get(name="何嘉宁")], **work.who("finance1"),
    )  # fmt: skip


def direct(stage):
    """HC: signed by the bank; the newspaper bills it itself, within its budget."""
    work = Plan(stage, "HC")
    yield slot(stage, 9, 1, 10)
    work.plan_for("汇澄信用卡秋季报纸投放", BANK, po_number="PO-2026-090")
    work.submit().yes("ad1", "manager").yes("gad1", "director").send().sign()
    yield work.instant(20)
    line = work.paper.lines.get()
    record_media_owner_invoice(
        job=work.job, supplier=line.supplier, number=f"CG-{work.month:%Y%m}-07",
        issued_on=work.day(0), month=line.month, net=line.media_price, vat_rate=D("0.06"),
        document=work.filed("media_invoice", "晨港日报社发票"), **work.who("finance1"),
    )  # fmt: skip


def awaiting(stage):
    """YL: commission inside and a fee of 3 %; the director has not said yes yet."""
    work = Plan(stage, "YL")
    yield slot(stage, 1, 1, 10)
    work.plan_for("澜行 SUV 上市电视与户外", CARS).submit()
    yield slot(stage, 1, 2, 10)
    work.yes("am", "manager")


def drafted(stage):
    yield slot(stage, 0, 0, 9)
    Plan(stage, "LM").plan_for("年货节短视频投放", DRAFT)
