"""What stands in the addresses of jobs: one function a thing, for one side (rights_side.thing)."""

from jobs.models import CompletionForm
from tests.jobs import make
from tests.rights_side import NOW, TODAY, pk, thing


def made(side, state="active", **fields):
    """A job that the creative department has work on."""
    job = make.make_job(side.customer, side.ae, state=state, **fields)
    brief = make.make_brief(job)
    make.confirm(brief, "creative")
    return job


@thing
def job(side):
    return pk(made(side))


@thing
def requested_job(side):
    return pk(made(side, "requested"))


@thing
def delivered_job(side):
    return pk(made(side, "delivered"))


@thing
def closed_job(side):
    return pk(made(side, "closed"))


@thing
def brief(side):
    return pk(made(side).briefs.get())


@thing
def draft_brief(side):
    return pk(make.make_brief(made(side), state="draft"))


@thing
def brief_versions(side):
    job = made(side)
    job.briefs.update(state="superseded")
    newer = make.make_brief(job)
    make.confirm(newer, "creative")
    return {"pk": newer.pk, "version": 1}


@thing
def confirmation(side):
    brief = made(side).briefs.get()
    return pk(brief.confirmations.get())


@thing
def fact(side):
    brief = made(side).briefs.get()
    return pk(brief.facts.create(name="Logo", due_on=TODAY, from_user=side.ae))


@thing
def asked_estimate(side):
    job = made(side)
    return pk(make.make_estimate(job, scope_answer="asked"))


@thing
def question(side):
    job = made(side)
    return pk(
        job.questions.create(text="Which logo?", asked_by=side.ae, answerer=side.ae, due_on=TODAY)
    )


@thing
def order(side):
    return pk(make.make_order(made(side)))


@thing
def check(side):
    return pk(make.make_check(made(side), author=make.make_user()))


@thing
def passed_check(side):
    paper = make.make_document(side.customer, kind="ad_file")
    fields = {"document": paper, "sha256": paper.sha256}
    return pk(make.make_check(made(side), state="passed", **fields))


def with_form(side, state):
    job = made(side, "delivered")
    CompletionForm.objects.create(job=job, state=state, delivered_on=TODAY, submitted_at=NOW)
    return {"pk": job.pk}


@thing
def completion(side):
    return with_form(side, "draft")


@thing
def submitted_completion(side):
    return with_form(side, "submitted")


@thing
def timeline(side):
    return pk(make.make_timeline(made(side)))


@thing
def draft_timeline(side):
    return pk(make.make_timeline(made(side), state="draft"))


@thing
def briefed_job(side):
    return pk(make.make_brief(make.make_job(side.customer, side.ae)).job)


@thing
def draft_estimate(side):
    return pk(make.make_estimate(made(side), [{}]))


@thing
def draft_line(side):
    return pk(make.make_estimate(made(side), [{}]).lines.get())


@thing
def supplier(side):
    return pk(make.make_supplier(f"Lantern Print {side.code}"))
