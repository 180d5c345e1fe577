"""Whose rows a person's questions hold: the own clients', a foreign client's never (4.1, Z14)."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from jobs import models
from tests.builders import make_client, make_contact, make_group, make_stand_in, make_user
from tests.jobs import make, suggestions
from tests.jobs.make import DUE, NOW, D

pytestmark = [pytest.mark.django_db, pytest.mark.rule("Z14")]
TODAY = NOW.date()
# Rows without a question of their own, and the row above them through which pages reach them.
BELOW = {
    models.JobLog: "job",
    models.Deliverable: "job",
    models.CoopRating: "job",
    models.ReviewNote: "job",
    models.Fact: "brief",
    models.DeptConfirmation: "brief",
    models.StrategyComment: "brief",
    models.EstimateApproval: "estimate",
    models.SupplierQuote: "line__estimate",
    models.Receipt: "timeline",
}
# The house's own, of no client.
OF_NOBODY = {models.Supplier, models.TimelineTemplate, models.TemplateRow}
ALL = [model for model in apps.get_app_config("jobs").get_models() if model not in OF_NOBODY]


def visible(model, user):
    """The rows that the person may know of, of models below another through that one."""
    if path := BELOW.get(model):
        *_steps, name = path.split("__")
        above = apps.get_model("jobs", name).objects.visible_to(user, NOW)
        return set(model.objects.filter(**{f"{path}__in": above}))
    return set(model.objects.visible_to(user, NOW))


class Side:
    """A client with its AE and a row of every model."""

    def __init__(self):
        self.ae, self.gad = make_user(), make_user(role="gad")
        self.client = make_client(team=[self.ae], group=make_group(head=self.gad))
        self.job = make.make_job(self.client, self.ae)
        self.work(make.make_brief(self.job))
        self.money(make.make_supplier(f"Print {self.client.code}"))
        self.end()

    def work(self, brief):
        job, ae = self.job, self.ae
        job.logs.create(at=NOW, to_state="approved")
        make.make_deliverable(job)
        job.questions.create(text="Which logo?", asked_by=ae, answerer=ae, due_on=DUE)
        brief.facts.create(name="Logo", due_on=DUE, from_user=ae)
        brief.comments.create(by=ae, at=NOW, text="Bolder")
        make.confirm(brief, "creative")
        plan = make.make_timeline(job, rows=[{"name": "Sketch"}])
        plan.receipts.create(user=ae, sent_at=NOW)
        make.make_order(job)
        make.make_check(job)

    def money(self, supplier):
        estimate = make.make_estimate(self.job, [{"cost": D("100.00")}])
        estimate.lines.get().quotes.create(supplier=supplier, amount=D("100"), on=DUE)
        make.pass_to(estimate, "signed", signer=make_contact(self.client, can_sign=True))
        self.job.costs.create(kind="order", amount=D("100"), on=DUE, supplier=supplier)
        self.job.error_notes.create(kind="sum", found_on=DUE, text="Adds up wrong")

    def end(self):
        models.CompletionForm.objects.create(job=self.job, delivered_on=DUE)
        by = make_user(role="department")
        self.job.ratings.create(by=by, department="creative", stars=4)
        models.ReviewNote.objects.create(
            job=self.job, by=self.gad, kind="creative", text="Fresh", on=DUE
        )
        suggestions.create(self.client, self.ae)


@pytest.fixture
def sides(db):
    return Side(), Side()


def rows_of(model, side):
    """The rows of the model that are the client's, by the way from row to client itself."""
    path = f"{BELOW[model]}__job__client" if model in BELOW else ""
    if BELOW.get(model) == "job":
        path = "job__client"
    path = path or getattr(model.objects.all(), "client_path", "job__client")
    return set(model.objects.filter(**{path: side.client}))


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_each_sees_his_own_clients_rows(sides, model):
    own, other = (rows_of(model, side) for side in sides)
    everything = set(model.objects.all())
    assert own
    assert other
    assert (own | other, own & other) == (everything, set())
    side = sides[0]
    deputy, gone = make_user(), make_user()
    make_stand_in(side.ae, deputy, TODAY, TODAY)
    side.client.assignments.create(user=gone, role="ae", starts_on=TODAY)
    gone.is_active = False
    gone.save()
    assert visible(model, side.ae) == own
    assert visible(model, side.gad) == own
    assert visible(model, deputy) == own
    assert visible(model, sides[1].ae) == other
    for role, seen in {"finance": everything, "management": everything, "admin": set()}.items():
        assert visible(model, make_user(role=role)) == seen
        assert visible(model, make_user(role=role, is_active=False)) == set()
    assert visible(model, gone) == set()
    assert visible(model, AnonymousUser()) == set()
    assert visible(model, make_user()) == set()


def test_every_model_is_asked():
    """A new model answers `visible_to`, or says here through which row it is reached."""
    silent = {model for model in ALL if not hasattr(model.objects, "visible_to")}
    assert silent == set(BELOW)
