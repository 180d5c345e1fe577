"""Large folders are packed between two ticks, a slice at a time, and put away after some days."""

from datetime import timedelta

from agency.common.clock import Step
from archives.models import FolderPack
from archives.services import packs

KEPT = timedelta(days=3)


def to_pack(at):
    """Those asked for, each a slice further, packed before the transaction begins."""
    for pack in FolderPack.objects.unready().select_related("client", "by"):
        yield pack, packs.pack_slice(pack, at)


def keep(item, at):
    pack, is_ready = item
    packs.keep_pack(pack=pack, is_ready=is_ready, at=at)
    return f"packed {pack}" if is_ready else None


def over(at):
    return FolderPack.objects.filter(ready_at__lt=at - KEPT)


def drop(pack, at):
    packs.drop_pack(pack=pack)


STEPS = [Step("folders to pack", to_pack, keep), Step("packed folders", over, drop)]
