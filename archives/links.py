"""Which paper a client link leads to, and which papers wait for a contact (3.10)."""

from archives.models import Document


def document_of(link):
    """The paper a client link leads to, or None for a link to something else."""
    if link.subject_type != Document._meta.label_lower:
        return None
    return Document.objects.filter(pk=link.subject_id).select_related("client").first()


def open_papers(contact, purposes, at):
    """[(link, paper)] of what still waits for this contact: each paper once, by the newest link.

    Own links only, open and in time, to a client face in force that the contact has not answered.
    """
    live = contact.links.open().filter(expires_at__gt=at, purpose__in=purposes)
    rows = live.filter(subject_type=Document._meta.label_lower).order_by("pk")
    newest = {row.subject_id: row for row in rows.select_related("contact__client__group")}
    papers = Document.objects.light().in_force().filter(pk__in=newest, client=contact.client_id)
    papers = papers.filter(face=Document.Face.CLIENT).exclude(answers__contact=contact)
    return [(newest[paper.pk], paper) for paper in papers]
