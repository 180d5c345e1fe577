"""An estimate brought along its way by the verbs themselves (unlike make.pass_to)."""

from datetime import timedelta
from decimal import Decimal

from accounts.models import ClientLink
from jobs.services.chain import approve, submit_estimate
from jobs.services.lines import save_line
from jobs.services.sending import send_estimate
from jobs.services.signing import sign_by_link
from tests.archives.papers import make_document
from tests.builders import make_client, make_contact, make_group, make_user
from tests.jobs import make

NOW = make.NOW
D = Decimal
HOUR = timedelta(hours=1)
REASON = "The quantity is not what we spoke about."
# The estimate of 6.1: 55,947.16.
LINES = (
    {"group": "拍摄与后期", "text": "Photographer", "unit": "days", "quantity": D("2"),
     "unit_cost": D("12500"), "markup_rate": D("0.1765")},
    {"group": "拍摄与后期", "text": "Retouching", "unit": "pictures", "quantity": D("7"),
     "unit_cost": D("865.33"), "markup_rate": D("0.1765")},
    {"group": "印刷", "text": "Printing", "unit": "copies", "quantity": D("5000"),
     "unit_cost": D("1.2360"), "markup_rate": D("0.1765"), "vat_rate": D("0.13")},
    {"group": "创意", "text": "Art direction", "unit": "days", "quantity": D("3"),
     "unit_cost": D("1200"), "fixed_price": D("2000")},
)  # fmt: skip
TOTAL = D("55947.16")


class Team:
    """A client with all four ranks and a contact who may sign, and a job to be estimated."""

    def __init__(self, **client):
        self.ae, self.am = make_user(role="ae"), make_user(role="am")
        self.ad, self.gad = make_user(role="ad"), make_user(role="gad")
        self.client = make_client(
            team=[self.ae, self.am, self.ad], group=make_group(head=self.gad), **client
        )
        self.signer = make_contact(self.client, can_sign=True)
        self.job = make.make_job(self.client, self.ae)
        make.make_brief(self.job)

    def draft(self, lines=LINES, by=None, **fields):
        defaults = {"contingency_rate": D("0.05"), "quotes_reason": "Only one studio is free."}
        estimate = make.make_estimate(
            self.job, author=by or self.ae, **{**defaults, **fields}
        )  # fmt: skip
        for line in lines:
            save_line(estimate=estimate, data=line, by=by or self.ae, at=NOW)
        estimate.refresh_from_db()
        return estimate

    def submitted(self, estimate=None, **fields):
        estimate = estimate or self.draft(**fields)
        return submit_estimate(estimate=estimate, by=estimate.author, at=NOW)

    def manager_ok(self, estimate=None, **fields):
        row = self.submitted(estimate, **fields)
        return approve(paper=row, step="manager", by=self.am, at=NOW, control_total=row.total)

    def approved(self, estimate=None, **fields):
        row = self.manager_ok(estimate, **fields)
        return approve(paper=row, step="director", by=self.ad, at=NOW)

    def sent(self, estimate=None, at=NOW, **fields):
        row = self.approved(estimate, **fields)
        return send_estimate(estimate=row, contact=self.signer, by=self.ae, at=at)

    def signed(self, estimate=None, at=NOW + HOUR, **fields):
        row = self.sent(estimate, **fields)
        sign(row, at)
        row.refresh_from_db()
        return row

    def scan(self):
        return make_document(self.client, kind="signature_proof")


def link_of(estimate, at=NOW + HOUR):
    """The link in the signer's mail, its code passed where one is wanted."""
    link = ClientLink.objects.of(estimate.client_document).latest("pk")
    if link.needs_code:
        ClientLink.objects.filter(pk=link.pk).update(code_passed_at=at)
        link.refresh_from_db()
    return link


def sign(estimate, at=NOW + HOUR, link=None, name="何嘉宁"):
    link = link or link_of(estimate, at)
    return sign_by_link(link=link, typed_name=name, sha256=link.sha256, at=at)


def draft_elsewhere(team):
    """A draft on another job of the same client."""
    job, team.job = team.job, make.make_job(team.client, team.ae)
    make.make_brief(team.job)
    draft = team.draft()
    team.job = job
    return draft
