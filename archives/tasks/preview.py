"""What the clock draws: what filed pictures and PDFs look like."""

import time
from contextlib import suppress
from itertools import islice

from agency.common.clock import Step
from archives import services
from archives.models import Document
from archives.reading import draw
from archives.storage import StoreError

DRAW_SECONDS = 20
DRAW_AT_MOST = 50


def undrawn(at):
    """Papers with what a child process drew of them before the transaction begins; newest first."""
    end = time.monotonic() + DRAW_SECONDS
    for paper in islice(Document.objects.undrawn().light().order_by("-pk"), DRAW_AT_MOST):
        # a file that is missing now may be back from the backup later
        with suppress(StoreError):
            yield paper, draw(paper.sha256, paper.mime)
        if time.monotonic() > end:
            return


def keep_preview(item, at):
    paper, drawing = item
    services.keep_preview(paper=paper, drawing=drawing, at=at)
    return f"drew {paper}"


PREVIEWS = Step("previews", undrawn, keep_preview)
STEPS = [PREVIEWS]
