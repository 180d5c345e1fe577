"""What is in the folders, and what needs somebody (reads only)."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, Count, F, Sum, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, User
from accounts.permissions import Rights
from agency.common.duties import Duty
from archives.kinds import Compartment
from archives.models import Dispatch, Document

SHOWN = 8
WAITS_FOR = (User.Role.AE, User.Role.AM)


@dataclass(frozen=True)
class Shelf:
    """A compartment of a folder: its newest papers, how many in all and in the history, bytes."""

    part: Compartment
    papers: list
    count: int
    history: int
    size: int


def folder(user, client, at, job="", show=""):
    """[Shelf] of the seven compartments of the client's folder, in order, in two queries (R38).

    job: only papers that name it; show: "now" or "history" (R46).
    """
    papers = in_folder(user, client, at, job, show)
    counts = defaultdict(Counter)
    groups = papers.order_by().values_list("kind", "state").annotate(Count("pk"), Sum("size"))
    for kind, state, count, size in groups:
        counts[Compartment.of(kind)] += Counter({"all": count, "size": size, state: count})
    shown = defaultdict(list)
    for paper in _newest(papers):
        shown[paper.compartment].append(paper)
    return [
        Shelf(part, shown[part], found["all"], found[Document.State.HISTORY], found["size"])
        for part, found in ((part, counts[part]) for part in Compartment)
    ]


def in_folder(user, client, at, job="", show=""):
    """Papers of the folder that the person may see."""
    papers = Document.objects.visible_to(user, at).filter(client=client).shown_as(show)
    return papers.naming(job) if job else papers


def _newest(papers):
    rank = Window(
        RowNumber(), partition_by=_part(), order_by=[F("dated_on").desc(), F("pk").desc()]
    )
    return papers.light().annotate(rank=rank).filter(rank__lte=SHOWN)


def _part():
    """The compartment of a paper's kind, as the database sees it."""
    cases = [When(kind__in=part.kinds, then=Value(part.value)) for part in Compartment]
    return Case(*cases, default=Value(Compartment.REFERENCE.value))


def client_mails(user, at):
    """Papers sent to contacts of the person's clients, with all a row shows."""
    rows = Dispatch.objects.visible_to(user, at).to_contacts()
    return rows.select_related("document__client", "contact", "mail").defer("document__text")


def awaiting(user, at):
    """[Duty]: mails of client papers that AE and AM have to decide on (C2)."""
    rights = Rights(user, at)
    return [
        _duty(row)
        for row in client_mails(user, at).troubled()
        if rights.role_on(row.document.client) in WAITS_FOR
    ]


def _duty(row):
    return Duty(
        group=_("Check"),
        sentence=f"{row.document.label} → {row.contact}",
        detail=row.mail.get_state_display(),
        client=row.document.client.name,
        url=f"{reverse('archives:held_mail_list')}#mail-{row.pk}",
        button=_("Decide"),
    )


def rooms():
    """Clients with the bytes that their papers take, the fullest first (C14)."""
    taken = Coalesce(Sum("documents__size"), Value(0), output_field=BigIntegerField())
    return Client.objects.annotate(taken=taken).order_by("-taken", "code")


def others(user, paper, at):
    """The other face and the other revisions of the same number, newest first."""
    if not paper.number:
        return []
    papers = Document.objects.visible_to(user, at).filter(number=paper.number)
    return papers.exclude(pk=paper.pk).light().order_by("-revision", "face")


def twins(user, paper, at):
    """Papers of the same client with exactly the same bytes."""
    papers = Document.objects.visible_to(user, at).same_bytes(paper.client, paper.sha256)
    return papers.exclude(pk=paper.pk).light()


def answers(paper):
    """What the client said to the paper, in order."""
    return paper.answers.select_related(
        "contact", "proof", "trail", "recorded_by", "confirmed_by"
    ).defer("proof__text", "trail__text")
