"""What a folder must hold and does not, in the same words for client and job (R40, 9.4)."""

from dataclasses import dataclass

from archives.models import Document
from archives.models.waiver import waivable

THERE, DRAFT, MISSING, WAIVED = "there", "draft", "missing", "waived"
# Papers that count for nothing any more.
GONE = (Document.State.VOID, Document.State.SUPERSEDED)


@dataclass(frozen=True)
class Gap:
    """One thing the folder must hold: there, draft, missing, or waived with a reason."""

    kind: str
    state: str
    reason: str = ""

    @property
    def label(self):
        return label_of(self.kind)

    @property
    def is_open(self):
        return self.state in (DRAFT, MISSING)

    @property
    def is_waivable(self):
        return True


def label_of(kind):
    return dict(waivable())[kind]


def completeness(gaps):
    """Present ÷ required, whole percent, rounded down; waived rows leave both counts."""
    counted = [gap for gap in gaps if gap.state != WAIVED]
    present = sum(gap.state == THERE for gap in counted)
    return 100 * present // len(counted) if counted else 100
