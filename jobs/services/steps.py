"""Whose turn a signed paper is, until when, and who is told of it (3.6, 4.3, 5.4)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.approvers import approvers
from accounts.duty import OnDuty
from accounts.models import User
from accounts.models.scope import local_day
from accounts.services.telling import key_of, one, posts, tell, words
from agency.common.dates import working
from agency.common.models import CalendarDay
from agency.common.services import notify
from jobs.constants import STEP_DUE
from jobs.models import Approval, SignedPaper

State, Step = SignedPaper.State, Approval.Step
DUE = {
    State.SUBMITTED: Step.MANAGER,
    State.MANAGER_OK: Step.DIRECTOR,
    State.DIRECTOR_OK: Step.DIRECTOR2,
    State.SENT: Step.CLIENT,
}
SUPERIORS = {Step.MANAGER: "ad", Step.DIRECTOR: "gad"}


def due_step(paper):
    """The step whose turn it is; empty when nobody's is."""
    return DUE.get(paper.state, "")


def authors_of(paper):
    """Creator, submitter and everybody who changed something of this revision (4.3)."""
    rows = paper.editors.all() if getattr(paper, "has_editors", True) else ()
    editors = _in_hand(paper, "editors", lambda: list(rows))
    people = [paper.author, paper.submitted_by, *editors]
    return list(dict.fromkeys(filter(None, people)))


def approvals_of(paper):
    """What was said to it so far, in order, with who said it; asked once for the row in hand."""
    rows = paper.approvals.select_related("by", "contact", "behalf_of")
    rows = rows if getattr(paper, "has_approvals", True) else ()
    return _in_hand(paper, "approvals", lambda: list(rows))


def _in_hand(row, name, ask):
    """What `ask` gives, kept on the row for as long as a page or a verb holds it."""
    known = row.__dict__.setdefault("_in_hand", {})
    if name not in known:
        known[name] = ask()
    return known[name]


def approved_by(paper):
    """Our people who have said yes, in order."""
    ours = [row for row in approvals_of(paper) if row.by and row.step != Step.CLIENT]
    return [row.by for row in ours if row.decision == Approval.Decision.APPROVED]


def approvers_of(paper, at, step=""):
    """{user: whom he acts for} of those who may take the step that is due (4.3)."""
    return approvers(
        client=paper.job.client,
        step=step or due_step(paper),
        authors=authors_of(paper),
        approved=approved_by(paper),
        at=at,
        posts=team_of(paper, at).posts(),
    )


def team_of(paper, at):
    """Who is on duty for its client that day; asked once for the row in hand."""
    client = paper.job.client
    return _in_hand(paper, ("team", local_day(at)), lambda: OnDuty(client, at))


def after_hours(paper, start, hours=STEP_DUE):
    calendar, zone = CalendarDay.objects.calendar(), paper.job.client.timezone
    return working(start, hours, calendar, zone)


def begin_step(paper, at):
    """The next of ours has 24 working hours; the caller saves, and tells with `tell_next`."""
    paper.step_due_at = paper.next_notice_at = after_hours(paper, at)


def tell_next(paper, at):
    """Whose turn it is now learns it; an empty chair is told to who can fill it (4.3)."""
    step, people = due_step(paper), approvers_of(paper, at)
    label = words(gettext_lazy("Please approve: %(paper)s, %(title)s"), **_facts(paper))
    tell(
        "step_waiting", paper, list(people), label, client=paper.job.client, at=at,
        slot=step, due_at=paper.step_due_at,
    )  # fmt: skip
    if not people:
        tell_no_approver(paper, step, at)


def tell_no_approver(paper, step, at):
    """Nothing shortens the chain: the paper waits, AE and admin appoint a stand-in."""
    client = paper.job.client
    text = gettext_lazy("No approver for %(paper)s: appoint a stand-in")
    label = words(text, paper=paper)
    people = posts(client, ["ae"], at, named=paper.job.ae)
    slot = f"none_{step}"
    tell("no_approver", paper, people, label, client=client, at=at, slot=slot, level="remind")
    # An admin sees no client's papers: he learns the number, and goes to the people.
    notify(
        key=key_of("no_approver", paper, f"{slot}_admin"),
        recipients=list(User.objects.filter(role=User.Role.ADMIN, is_active=True)),
        kind="no_approver", subject=paper, label=label, path=reverse("accounts:user_list"),
        client_code=client.code, at=at,
    )  # fmt: skip


def tell_all(kind, paper, people, text, at, *, slot="", level="info", **facts):
    """Tell people once of what happened; `text` knows %(paper)s, %(title)s and `facts`."""
    label = words(text, **_facts(paper), **facts)
    people = list(dict.fromkeys(people))
    slot = slot or paper.state
    tell(kind, paper, people, label, client=paper.job.client, at=at, slot=slot, level=level)


def concerned(paper, at, roles=()):
    """Author and submitter, everybody who said yes, and people in `roles`, each once."""
    client = paper.job.client
    team, named = team_of(paper, at), [*authors_of(paper), *approved_by(paper)]
    people = [user for person in named for user in one(client, person, at, team)]
    people += posts(client, roles, at, named=paper.job.ae, team=team)
    return list(dict.fromkeys(people))


def _facts(paper):
    return {"paper": paper, "title": paper.job.title}
