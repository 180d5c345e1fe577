"""Which papers of the pack the agenda names: what the client has, or may be sent (R7, R71)."""

from django.db.models import Exists, OuterRef, Q

from archives.kinds import Kind
from archives.models import Dispatch, Document
from jobs.models import OutgoingCheck

# Checked by their second signature (R71); and what came from the client or bears his name.
SIGNED_TWICE = (
    Kind.CONTACT_REPORT,
    Kind.STATUS_REPORT,
    Kind.BUDGET_REPORT,
    Kind.QUARTERLY_REPORT,
    Kind.BRIEF,
)
HIS_OWN = (Kind.AD_GUIDELINE, Kind.CONTRACT, Kind.SIGNATURE_PROOF, Kind.RETURN_PROOF)


def enclosed(meeting):
    """Papers in force that the agenda names: no file unsent that nobody has checked."""
    return _cleared(_client_faces(meeting), meeting.client_id)


def withheld(meeting):
    """The client faces among them that it does not name."""
    cleared = enclosed(meeting).order_by().values("pk")
    return _client_faces(meeting).exclude(pk__in=cleared)


def _client_faces(meeting):
    papers = Document.objects.light().in_force().filter(client=meeting.client_id)
    packed = meeting.preparations.values("documents")
    return papers.filter(face=Document.Face.CLIENT, pk__in=packed).order_by("pk")


def _cleared(papers, client_id):
    sent = Dispatch.objects.to_contacts().filter(document=OuterRef("pk"))
    passed = OutgoingCheck.objects.passed().filter(sha256=OuterRef("sha256"), client=client_id)
    known = Q(kind__in=[*SIGNED_TWICE, *HIS_OWN])
    return papers.filter(known | Q(Exists(sent)) | Q(Exists(passed)))
