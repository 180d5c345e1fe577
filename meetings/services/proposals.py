"""Which paper of the folder belongs in which place of the preparation pack (R7)."""

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from archives.kinds import Kind
from archives.models import Document
from meetings.models import PrepItem

Prep = PrepItem.Kind
# The kinds of papers that a place of the pack is filled from, the first that has one.
KINDS = {
    Prep.LAST_REPORT: (Kind.CONTACT_REPORT,),
    Prep.BUDGET: (Kind.BUDGET_REPORT, Kind.BUDGET_FORM),
    Prep.WORK: (Kind.CREATIVE_BRIEF, Kind.BRIEF, Kind.STATUS_REPORT),
    Prep.ADS: (Kind.AD_FILE, Kind.TAPE_SHEET, Kind.COMPETITOR_FILE),
    Prep.REFERENCES: (Kind.CLIPPING, Kind.REFERENCE, Kind.QUARTERLY_REPORT),
    Prep.QUOTES: (Kind.ESTIMATE, Kind.SUPPLIER_QUOTE),
    Prep.SCHEDULE: (Kind.TIMELINE,),
    Prep.SAMPLES: (Kind.MEDIA_PLAN,),
    Prep.APPROVALS: (Kind.SIGNATURE_PROOF, Kind.RETURN_PROOF),
    Prep.GUIDELINES: (Kind.AD_GUIDELINE, Kind.STRATEGY),
}
FITTING = [kind for kinds in KINDS.values() for kind in kinds]
STATES = (Document.State.ISSUED, Document.State.HISTORY)


def attachable(client, user, at):
    """Papers of the client in force that the person may see, whole in the store."""
    papers = Document.objects.visible_to(user, at).filter(client=client, state__in=STATES)
    return papers.filed().light()


def newest(client, user, at):
    """{place of the pack: the newest paper for it}; of two faces the client's, for his eyes."""
    rank = Window(
        RowNumber(),
        partition_by=F("kind"),
        order_by=[F("dated_on").desc(), F("issued_at").desc(), F("face").asc(), F("pk").desc()],
    )
    papers = attachable(client, user, at).filter(kind__in=FITTING)
    found = {paper.kind: paper for paper in papers.annotate(rank=rank).filter(rank=1)}
    pairs = ((place, _first(found, kinds)) for place, kinds in KINDS.items())
    return {place: paper for place, paper in pairs if paper is not None}


def _first(found, kinds):
    return next((found[kind] for kind in kinds if kind in found), None)


def attach_newest(meeting, by, at):
    """Put the newest paper into each place that is still empty; returns how many."""
    found = newest(meeting.client, by, at)
    empty = meeting.preparations.filter(documents=None, not_needed="")
    rows = [row for row in empty if row.kind in found]
    links = PrepItem.documents.through
    links.objects.bulk_create(
        [links(prepitem_id=row.pk, document_id=found[row.kind].pk) for row in rows]
    )
    return len(rows)
