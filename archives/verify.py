"""Every stored file against its recorded hash, in both directions (C13, G11)."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.models import AgencySettings
from agency.common.models import OutboxMail
from archives.models import Document, Incoming, Preview
from archives.storage import check_file, stored_hashes

# A verb that runs has stored its file before its row: a younger one may be on its way.
SETTLED = timedelta(days=1)


@dataclass(frozen=True)
class Finding:
    """fault: missing, changed, or orphan (a file no row speaks of: no loss, only room)."""

    sha256: str
    fault: str
    papers: str = ""

    @property
    def is_loss(self):
        return self.fault != "orphan"

    def __str__(self):
        return f"{self.fault}: {self.sha256} {self.papers}".rstrip()


def findings(progress=lambda done, total: None):
    """Yield a Finding for whatever is not as it should be; `progress` is told after each file."""
    known = sorted(known_hashes())
    for done, sha256 in enumerate(known, start=1):
        if fault := check_file(sha256):
            yield Finding(sha256, fault, _papers(sha256))
        progress(done, len(known))
    known = set(known)
    for sha256 in stored_hashes():
        if sha256 not in known:
            yield Finding(sha256, "orphan")


def _papers(sha256):
    papers = Document.objects.filter(sha256=sha256).select_related("client").defer("text")
    return "; ".join(f"{paper.client_code} {paper.pk} {paper.label}".strip() for paper in papers)


def shelf_findings(shelf, at):
    """What is not as it should be under one shelf of the store; papers are looked at elsewhere."""
    papers, others = known_papers(shelf), known_others(shelf)
    for sha256 in sorted(others - papers):
        if fault := check_file(sha256):
            yield Finding(sha256, fault)
    for sha256 in stored_hashes(shelf, at - SETTLED):
        if sha256 not in papers and sha256 not in others:
            yield Finding(sha256, "orphan")


def known_hashes():
    """Every hash a row speaks of: papers, their previews, what lies in mails, the house's mark."""
    return known_papers() | known_others()


def known_papers(shelf=""):
    papers = Document.objects.filed().order_by()
    if shelf:
        papers = papers.filter(sha256__gte=shelf.ljust(64, "0"), sha256__lte=shelf.ljust(64, "f"))
    return set(papers.values_list("sha256", flat=True).distinct())


def known_others(shelf=""):
    mails = OutboxMail.objects.exclude(attachments=[])
    found = set(
        AgencySettings.objects.exclude(logo_sha256="").values_list("logo_sha256", flat=True)
    )
    for attachments in mails.values_list("attachments", flat=True):
        found.update(part["sha256"] for part in attachments if part.get("sha256"))
    for row in (Preview, Incoming):
        kept = row.objects.filter(sha256__startswith=shelf).exclude(sha256="").order_by()
        found.update(kept.values_list("sha256", flat=True))
    return {sha256 for sha256 in found if sha256.startswith(shelf)}
