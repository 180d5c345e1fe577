"""A media plan brought along its way by the verbs themselves (unlike make.pass_plan_to)."""

from jobs.services.chain import approve, submit
from jobs.services.sending import send
from tests.archives.papers import make_document
from tests.budgets import plans
from tests.builders import make_client, make_contact, make_group, make_user
from tests.jobs import make as jobs
from tests.jobs.way import HOUR, NOW, REASON, D, link_of, sign

TOTAL = D("518522.85")  # of the example, commission inside the price, no fee (6.2)
__all__ = ["HOUR", "NOW", "REASON", "TOTAL", "D", "PlanTeam", "link_of", "sign"]


class PlanTeam:
    """A client with all four ranks and a contact who may sign, and a media job to be planned."""

    def __init__(self, **client):
        self.ae, self.am = make_user(role="ae"), make_user(role="am")
        self.ad, self.gad = make_user(role="ad"), make_user(role="gad")
        self.client = make_client(
            team=[self.ae, self.am, self.ad], group=make_group(head=self.gad), **client
        )
        self.signer = make_contact(self.client, can_sign=True)
        self.job = jobs.make_job(self.client, self.ae, kind="media")
        jobs.confirm(jobs.make_brief(self.job), "media")

    def draft(self, lines=plans.EXAMPLE, **head):
        return plans.draft_of(self.job, *lines, **head)

    def submitted(self, plan=None, by=None, **given):
        plan = plan or self.draft(**given)
        return submit(paper=plan, by=by or self.ae, at=NOW)

    def manager_ok(self, plan=None, **given):
        row = self.submitted(plan, **given)
        return approve(paper=row, step="manager", by=self.am, at=NOW, control_total=row.total)

    def approved(self, plan=None, **given):
        row = self.manager_ok(plan, **given)
        return approve(paper=row, step="director", by=self.ad, at=NOW)

    def sent(self, plan=None, at=NOW, **given):
        row = self.approved(plan, **given)
        return send(paper=row, contact=self.signer, by=self.ae, at=at)

    def signed(self, plan=None, at=NOW + HOUR, **given):
        row = self.sent(plan, **given)
        sign(row, at)
        row.refresh_from_db()
        return row

    def scan(self):
        return make_document(self.client, kind="signature_proof")
