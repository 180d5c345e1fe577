"""Every stored file against its recorded hash, in both directions (C13, G11)."""

from dataclasses import dataclass

from archives.models import Document
from archives.storage import check_file, known_hashes, stored_hashes


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
