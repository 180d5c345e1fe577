"""What stands in the addresses of jobs: one function a thing, for one side (rights_side.thing)."""

from jobs.models import CompletionForm, TimelineTemplate
from jobs.services import suggestion as suggestions
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
def milestone(side):
    row = {"name": "Sketch", "owner": "creative"}
    return pk(make.make_timeline(made(side), rows=[row]).milestones.get())


@thing
def timeline_template(side):
    return pk(TimelineTemplate.objects.create(name=f"Poster {side.code}"))


@thing
def briefed_job(side):
    return pk(make.make_brief(make.make_job(side.customer, side.ae)).job)


@thing
def draft_estimate(side):
    return pk(make.make_estimate(made(side), [{}]))


def on_its_way(side, state):
    return make.pass_to(make.make_estimate(made(side), [{}]), state)


@thing
def submitted_estimate(side):
    return pk(on_its_way(side, "submitted"))


@thing
def approved_estimate(side):
    return pk(on_its_way(side, "approved"))


@thing
def sent_estimate(side):
    return pk(on_its_way(side, "sent"))


@thing
def recorded_estimate(side):
    row = on_its_way(side, "sent")
    row.answer = row.client_document.answers.create(
        contact=row.sent_to, answer="signed", at=NOW, sha256=row.client_document.sha256,
        proof=make.make_document(side.customer, kind="signature_proof"),
        recorded_by=make.make_user(),
    )  # fmt: skip
    row.save()
    return pk(row)


@thing
def signed_estimate(side):
    return pk(on_its_way(side, "signed"))


def ended(row, state):
    row.state = state
    row.expires_at = NOW
    row.save()
    return pk(row)


@thing
def expired_estimate(side):
    return ended(on_its_way(side, "sent"), "expired")


@thing
def refused_estimate(side):
    return ended(on_its_way(side, "submitted"), "refused")


@thing
def draft_line(side):
    return pk(make.make_estimate(made(side), [{}]).lines.get())


@thing
def supplier(side):
    return pk(make.make_supplier(f"Lantern Print {side.code}"))


def suggested(side):
    who = {"by": side.ae, "at": NOW}
    return suggestions.create_suggestion(
        client=side.customer, idea="A tin for the tea", origin="press", **who
    )


@thing
def suggestion(side):
    return pk(suggested(side))


def proposed(side):
    who = {"by": side.ae, "at": NOW}
    return suggestions.propose_suggestion(suggestion=suggested(side), proposed_on=TODAY, **who)


@thing
def proposed_suggestion(side):
    return pk(proposed(side))


@thing
def accepted_suggestion(side):
    row = proposed(side)
    return pk(
        suggestions.decide_suggestion(
            suggestion=row, outcome="accepted", decided_on=TODAY, by=side.ae, at=NOW
        )
    )
