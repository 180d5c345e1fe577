"""Whose turn an estimate is, until when, and who is told of it (3.6, 4.3, 5.4)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.approvers import approvers, posts_of
from accounts.models import User
from accounts.models.scope import local_day
from accounts.services.telling import key_of, one, posts, tell, words
from agency.common.dates import working
from agency.common.models import CalendarDay
from agency.common.services import notify
from jobs.constants import STEP_DUE
from jobs.models import Estimate, EstimateApproval

State, Step = Estimate.State, EstimateApproval.Step
DUE = {
    State.SUBMITTED: Step.MANAGER,
    State.MANAGER_OK: Step.DIRECTOR,
    State.DIRECTOR_OK: Step.DIRECTOR2,
    State.SENT: Step.CLIENT,
}
SUPERIORS = {Step.MANAGER: "ad", Step.DIRECTOR: "gad"}


def due_step(estimate):
    """The step whose turn it is; empty when nobody's is."""
    return DUE.get(estimate.state, "")


def authors_of(estimate):
    """Creator, submitter and everybody who changed something of this revision (4.3)."""
    editors = _in_hand(estimate, "editors", lambda: list(estimate.editors.all()))
    people = [estimate.author, estimate.submitted_by, *editors]
    return list(dict.fromkeys(filter(None, people)))


def approvals_of(estimate):
    """What was said to it so far, in order, with who said it; asked once for the row in hand."""
    rows = estimate.approvals.select_related("by", "contact", "behalf_of")
    return _in_hand(estimate, "approvals", lambda: list(rows))


def _in_hand(row, name, ask):
    """What `ask` gives, kept on the row for as long as a page or a verb holds it."""
    known = row.__dict__.setdefault("_in_hand", {})
    if name not in known:
        known[name] = ask()
    return known[name]


def approved_by(estimate):
    """Our people who have said yes, in order."""
    ours = [row for row in approvals_of(estimate) if row.by and row.step != Step.CLIENT]
    return [row.by for row in ours if row.decision == EstimateApproval.Decision.APPROVED]


def approvers_of(estimate, at, step=""):
    """{user: whom he acts for} of those who may take the step that is due (4.3)."""
    client, day = estimate.job.client, local_day(at)
    return approvers(
        client=client,
        step=step or due_step(estimate),
        authors=authors_of(estimate),
        approved=approved_by(estimate),
        at=at,
        posts=_in_hand(estimate, ("posts", day), lambda: posts_of(client, at)),
    )


def after_hours(estimate, start, hours=STEP_DUE):
    calendar, zone = CalendarDay.objects.calendar(), estimate.job.client.timezone
    return working(start, hours, calendar, zone)


def begin_step(estimate, at):
    """The next of ours has 24 working hours; the caller saves, and tells with `tell_next`."""
    estimate.step_due_at = estimate.next_notice_at = after_hours(estimate, at)


def tell_next(estimate, at):
    """Whose turn it is now learns it; an empty chair is told to who can fill it (4.3)."""
    step, people = due_step(estimate), approvers_of(estimate, at)
    label = words(gettext_lazy("Please approve: %(estimate)s, %(title)s"), **_facts(estimate))
    tell(
        "step_waiting", estimate, list(people), label, client=estimate.job.client, at=at,
        slot=step, due_at=estimate.step_due_at,
    )  # fmt: skip
    if not people:
        tell_no_approver(estimate, step, at)


def tell_no_approver(estimate, step, at):
    """Nothing shortens the chain: the paper waits, AE and admin appoint a stand-in."""
    client = estimate.job.client
    text = gettext_lazy("No approver for %(estimate)s: appoint a stand-in")
    label = words(text, estimate=estimate)
    people = posts(client, ["ae"], at, named=estimate.job.ae)
    slot = f"none_{step}"
    tell("no_approver", estimate, people, label, client=client, at=at, slot=slot, level="remind")
    # An admin sees no client's papers: he learns the number, and goes to the people.
    notify(
        key=key_of("no_approver", estimate, f"{slot}_admin"),
        recipients=list(User.objects.filter(role=User.Role.ADMIN, is_active=True)),
        kind="no_approver", subject=estimate, label=label, path=reverse("accounts:user_list"),
        client_code=client.code, at=at,
    )  # fmt: skip


def tell_all(kind, estimate, people, text, at, *, slot="", level="info", **facts):
    """Tell people once of what happened; `text` knows %(estimate)s, %(title)s and `facts`."""
    label = words(text, **_facts(estimate), **facts)
    people = list(dict.fromkeys(people))
    slot = slot or estimate.state
    tell(kind, estimate, people, label, client=estimate.job.client, at=at, slot=slot, level=level)


def concerned(estimate, at, roles=()):
    """Author and submitter, everybody who said yes, and people in `roles`, each once."""
    client = estimate.job.client
    people = [user for person in authors_of(estimate) for user in one(client, person, at)]
    people += [user for person in approved_by(estimate) for user in one(client, person, at)]
    return list(dict.fromkeys(people + posts(client, roles, at, named=estimate.job.ae)))


def _facts(estimate):
    return {"estimate": estimate, "title": estimate.job.title}
