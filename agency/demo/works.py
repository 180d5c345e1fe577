"""What people of the demo do with jobs, each act one call (domain.md section 11)."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import ClientLink
from agency.common.pdf import render
from agency.demo.stories import HOUR
from archives.services import file_document
from budgets.years import client_day, fiscal_year
from jobs.models import Brief, Supplier
from jobs.services import brief as briefs
from jobs.services import chain, check, completion, ending, estimate, job, lines, sending, signing
from jobs.services import timeline as plans
from jobs.services import work as orders
from jobs.services.milestones import tick_milestone
from jobs.services.publishing import publish_timeline

D = Decimal
TEAMS = {
    "LM": ("ae1", "am1", "ad1"),
    "YL": ("ae2", "am2", "ad2"),
    "AH": ("ae3", "am1", "ad1"),
    "HC": ("ae4", None, "ad1"),
}
SIGNERS = {"LM": "何嘉宁", "YL": "程屹", "AH": "Eleanor Whitcombe", "HC": "郑伯庸"}
# Lines of 6.1: 55,947.16 in all.
WORKED = (
    ("摄影", "摄影师", "2", "天", "12500", None, "0.06"),
    ("摄影", "修图", "7", "张", "865.33", None, "0.06"),
    ("印刷", "印刷", "5000", "份", "1.2360", None, "0.13"),
    ("设计", "美术指导", "3", "天", "1200", "2000", "0.06"),
)


@dataclass
class Work:
    """One job of the demo and the people of its client."""

    stage: object
    code: str
    job: object = None
    paper: object = None

    @property
    def client(self):
        return self.stage.clients[self.code]

    def user(self, place):
        """ae, am or ad of the client; where a post is empty, whoever stands in for it."""
        names = dict(zip(("ae", "am", "ad"), TEAMS[self.code], strict=True))
        return self.stage.users[names[place] or names["ad"]]

    def who(self, login):
        user = self.stage.users.get(login) or self.user(login)
        return {"by": user, "at": self.stage.at}

    def day(self, days):
        return timezone.localdate(self.stage.at) + timedelta(days=days)

    @property
    def year(self):
        """The budget year that the visitor sees, whenever the job began."""
        return fiscal_year(self.client, client_day(self.client, self.stage.now))

    # --- the job and its brief -----------------------------------------------------------------

    def ask(self, title, days, things, kind="production", **more):
        rows = [{"name": name, "medium": medium, "quantity": n} for name, medium, n in things]
        self.job = job.request_job(
            client=self.client, title=title, kind=kind, due_on=self.day(days),
            brand=self.client.brands.first(), deliverables=rows, budget_year=self.year,
            **self.who("ae"), **more,
        )  # fmt: skip
        return self

    def brief(self, goal, login="ae", departments=("creative",), facts=(), reason="", **typed):
        draft = briefs.draft_brief(job=self.job, kind="job", **self.who(login))
        words = {
            "background": "品牌进入旺季，竞品提前两周发声。",
            "objective": goal,
            "audience": "一二线城市 25 至 40 岁的家庭采购者。",
            "message": "用料实在，看得见。",
            "tone": "亲切、干净。",
            "mandatories": "标识、执行标准号、客服电话。",
            "reason": reason,
            **typed,
        }
        draft = briefs.save_brief(brief=draft, typed=words, facts=facts, **self.who(login))
        brief = briefs.put_in_force(brief=draft, departments=departments, **self.who(login))
        for row in brief.confirmations.all():
            self._confirm(row)
        return brief

    def _confirm(self, row):
        login = f"{row.department}1"
        serves = self.client.assignments.filter(user=self.stage.users[login]).exists()
        if serves:
            briefs.confirm_brief(confirmation=row, enough=True, **self.who(login))

    def creative_brief(self, login="am"):
        draft = briefs.draft_brief(job=self.job, kind=Brief.Kind.CREATIVE, **self.who("ae"))
        words = {"objective": "让人想起家里的味道。", "audience": "家庭采购者。",
                 "message": "一把坚果，一天的好。", "tone": "暖、简。"}  # fmt: skip
        draft = briefs.save_brief(brief=draft, typed=words, **self.who("ae"))
        return briefs.put_in_force(brief=draft, departments=(), **self.who(login))

    def approve(self):
        self.job = job.approve_job(job=self.job, **self.who("am"))
        return self

    # --- the estimate --------------------------------------------------------------------------

    def price(self, rows=WORKED, contingency="0.05"):
        draft = estimate.draft_estimate(job=self.job, **self.who("ae"))
        estimate.save_header(estimate=draft, contingency_rate=D(contingency), **self.who("ae"))
        things = list(self.job.deliverables.all())
        for number, row in enumerate(rows):
            self._line(draft, row, things[number] if number < len(things) else None)
        self.paper = draft
        return self

    def _line(self, draft, row, thing):
        group, text, quantity, unit, unit_cost, fixed, vat = row
        data = {
            "group": group, "text": text, "quantity": D(quantity), "unit": unit,
            "unit_cost": D(unit_cost), "fixed_price": fixed and D(fixed),
            "vat_rate": D(vat), "markup_rate": D("0.1765"), "deliverable": thing,
        }  # fmt: skip
        line = lines.save_line(estimate=draft, data=data, **self.who("ae"))
        if line.cost > D("20000") and fixed is None:
            self._quotes(line)

    def _quotes(self, line):
        """Three quotes, the cheapest chosen (R78)."""
        names = ("山止摄影", "灯塔印务", "青木制作")
        rows = [
            {"supplier": supplier(name), "amount": line.cost + extra, "on": self.day(0),
             "chosen": extra == 0, "document": None}
            for name, extra in zip(names, (0, 800, 1500), strict=True)
        ]  # fmt: skip
        lines.save_quotes(line=line, quotes=rows, **self.who("ae"))

    def submit(self):
        self.paper = chain.submit_estimate(estimate=self.paper, **self.who("ae"))
        return self

    def yes(self, login, step):
        total = self.paper.total if step == "manager" else None
        self.paper = chain.approve(
            paper=self.paper, step=step, control_total=total, **self.who(login)
        )
        return self

    def no(self, login, step, reason):
        self.paper = chain.refuse(paper=self.paper, step=step, reason=reason, **self.who(login))
        return self

    def send(self):
        contact = self.client.contacts.get(name=SIGNERS[self.code])
        self.paper = sending.send_estimate(estimate=self.paper, contact=contact, **self.who("ae"))
        return self

    def link(self):
        """The signer's own link; its mailed code was typed a minute ago."""
        link = ClientLink.objects.of(self.paper.client_document).get(purpose="sign")
        ClientLink.objects.filter(pk=link.pk).update(
            code_passed_at=self.stage.at, opened_at=self.stage.at
        )
        link.refresh_from_db()
        return {"link": link, "typed_name": SIGNERS[self.code], "sha256": link.sha256,
                "at": self.stage.at, "ip": "203.0.113.7", "agent": "Demo phone"}  # fmt: skip

    def sign(self):
        signing.sign_by_link(**self.link())
        self.paper.refresh_from_db()
        return self

    def turn_down(self, reason):
        signing.refuse_by_link(reason=reason, **self.link())
        self.paper.refresh_from_db()
        return self

    def signed(self):
        """A story: everybody says yes, some sooner than others; signed within a day."""
        begun, pace = self.stage.at, self.paper.pk % 3
        self.submit()
        yield begun + (1 + pace) * HOUR
        self.yes("am", "manager")
        yield begun + (2 + 2 * pace) * HOUR
        self.yes("ad", "director")
        if chain.needs_second_director(self.paper):
            self.yes("gad1", "director2")
        yield begun + 7 * HOUR
        self.send()
        yield begun + (20 + pace) * HOUR
        self.sign()

    def scan(self):
        """The signed page, scanned."""
        return file_document(
            client=self.client, kind="signature_proof", title="签字页扫描件",
            content=render("demo/signed.html", {
                "number": self.paper.number, "client": str(self.client), "name": SIGNERS[self.code],
            }), name="signed-page.pdf",
            face="client", dated_on=self.day(0), job_numbers=[self.job.number], **self.who("ae"),
        )  # fmt: skip

    # --- plan and work -------------------------------------------------------------------------

    def plan(self, rows, reason="", cause="none", login="ae"):
        """rows: name, days until due, owner, does the client see it, what the client provides.

        reason and cause: of a later version, in which every row slips.
        """
        draft = plans.draft_timeline(job=self.job, **self.who(login))
        contact = self.client.contacts.get(name=SIGNERS[self.code])
        kept = {row.name: row.pk for row in draft.milestones.all()}
        typed = [
            {"pk": kept.get(name), "name": name, "name_en": "",
             "starts_on": self.day(max(due - 3, 0)),
             "due_on": self.day(due), "owner": owner, "client_visible": seen, "needs": needs,
             "effect_if_late": "", "slip_cause": cause, "internal_note": "",
             "who": contact if owner == "client" else None}
            for name, due, owner, seen, needs in rows
        ]  # fmt: skip
        draft = plans.save_rows(timeline=draft, rows=typed, reason=reason, **self.who(login))
        return publish_timeline(timeline=draft, **self.who(login))

    def tick(self, late=""):
        """Every step is done by now, on its day or before; the one named only today, by us."""
        for row in self.job.timelines.current().get().milestones.all():
            is_late, today = row.name == late, self.day(0)
            tick_milestone(
                milestone=row, done_on=today if is_late else min(row.due_on, today),
                slip_cause="agency" if is_late else "", **self.who("ae"),
            )  # fmt: skip

    def order(self, kind, text, days, **more):
        department = "" if kind == "supplier" else more.pop("department", kind)
        return orders.give_order(
            job=self.job, kind=kind, text=text, due_on=self.day(days), department=department,
            **self.who("ae"), **more,
        )  # fmt: skip

    def done(self, order, login):
        return orders.finish_order(order=order, **self.who(login))

    def check(self, title, content, login="am", kind="creative", findings="", bad="product"):
        """The file is filed and checked; with findings it fails at the item `bad`."""
        paper = file_document(
            client=self.client, kind="tape_sheet" if kind == "tape" else "ad_file", title=title,
            content=content, name=f"{title}.txt", face="client", dated_on=self.day(0),
            job_numbers=[self.job.number], **self.who("ae"),
        )  # fmt: skip
        row = check.open_check(
            client=self.client, job=self.job, document=paper, kind=kind, title=title,
            author=self.user("ae"), **self.who("ae"),
        )  # fmt: skip
        items = {key: "yes" for key, _words in check.items_of(kind)}
        if findings:
            items |= {bad: "no"}
            return check.fail_check(check=row, items=items, findings=findings, **self.who(login))
        return check.pass_check(check=row, items=items, **self.who(login))

    def deliver(self):
        self.job.refresh_from_db()
        self.job = ending.deliver_job(job=self.job, **self.who("ae"))
        return self

    def close(self, unbilled="与年度费用合并开票"):
        form = completion.draft_completion(job=self.job, **self.who("ae"))
        typed = {"unbilled_reason": unbilled, "lessons": "打样提前三天更稳妥。"}
        form = completion.save_completion(form=form, typed=typed, **self.who("ae"))
        completion.record_ad(
            job=self.job, medium="print", title=self.job.title, first_run=self.day(1),
            **self.who("ae"),
        )  # fmt: skip
        form = completion.submit_completion(form=form, **self.who("ae"))
        return completion.approve_completion(form=form, **self.who("am"))


def supplier(name):
    kinds = {"山止摄影": "photo", "灯塔印务": "print", "青木制作": "film"}
    return Supplier.objects.get_or_create(name=name, defaults={"kind": kinds[name]})[0]
