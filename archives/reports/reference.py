"""The reference file by topic (R45; reads only)."""

from django.db.models import Count

from archives.kinds import REFERENCE_KINDS
from archives.models import Document

TOPICS = 60


def references(user, at):
    """Clippings and reference papers the person may see, as far as they are in force."""
    papers = Document.objects.visible_to(user, at).filter(kind__in=REFERENCE_KINDS).filed()
    return papers.exclude(state=Document.State.VOID).light()


def topics(papers):
    """[(topic, how many)], the fullest first; "" for those without one."""
    counts = papers.order_by().values_list("topic").annotate(count=Count("pk"))
    return list(counts.order_by("-count", "topic")[:TOPICS])
