"""Small pictures of filed papers, drawn by the clock and never in a request (B4)."""

from agency.common.verbs import verb
from archives.models import Preview
from archives.storage import store


@verb
def keep_preview(*, paper, drawing, at):
    """Keep what was drawn; nothing drawn is noted too, so that it is not tried for ever."""
    facts = {"created_at": at, **_facts(drawing)}
    return Preview.objects.get_or_create(document=paper, defaults=facts)[0]


def _facts(drawing):
    if drawing is None:
        return {}
    sha256 = store(drawing.png).sha256
    return {"sha256": sha256, "width": drawing.width, "height": drawing.height}
