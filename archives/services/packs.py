"""A large folder is packed by the clock, in slices, and given to who asked for it (R38)."""

import shutil
import time
import zipfile

from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.permissions import require
from accounts.services.telling import tell, words
from agency.common.errors import Refused
from agency.common.services.notify import LANGUAGES
from agency.common.services.record import record
from agency.common.verbs import verb
from archives import storage
from archives.models import Document, FolderPack
from archives.packing import packable, put_lists, put_paper
from archives.reports.document import in_folder
from archives.storage.folder import FREE_FLOOR

RIGHT = "accounts.export"
# More than this is not packed while somebody waits for the page.
AT_ONCE = 200 * 1024**2
PACKS = "packs"
SLICE_SECONDS = 20


def size_of(papers):
    return papers.aggregate(total=Sum("size"))["total"] or 0


def is_large(papers):
    """Whether it takes too long for somebody to wait for."""
    return size_of(papers.filed()) > AT_ONCE


@verb
def ask_pack(*, client, job="", show="", by, at):
    """Ask for the folder as a ZIP; asked again while it is being packed it is the same one."""
    behalf = require(by, RIGHT, client, at)
    _check_space(in_folder(by, client, at, job, show).filed())
    row, is_new = FolderPack.objects.get_or_create(
        client=client, job_number=job, show=show, by=by, ready_at=None,
        defaults={"created_by": by, "created_at": at},
    )  # fmt: skip
    if is_new:
        record(row, "ask_pack", by=by, at=at, client=client, behalf_of=behalf)
    return row


def _check_space(papers):
    size, folder = size_of(papers), storage.root()
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < size + FREE_FLOOR:
        words_ = _("There is no room to pack %(size)s. Please tell the administrator.")
        raise Refused(words_ % {"size": filesizeformat(size)})


def file_of(pack):
    return storage.root() / PACKS / f"{pack.pk}-{pack.token}.zip"


def pack_slice(pack, at, seconds=SLICE_SECONDS):
    """Go on packing for a while; True once all is in. Killed on the way it begins anew.

    The file first, then the row says how far it is (`keep_pack`): no transaction waits for it.
    """
    path = file_of(pack)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not _can_go_on(pack, path):
        path.unlink(missing_ok=True)
        pack.done, pack.lost = 0, []
    with override(LANGUAGES.get(pack.by.language, "en")):
        return _write(pack, path, at, time.monotonic() + seconds)


@verb
def keep_pack(*, pack, is_ready, at):
    """Note how far it is; whoever asked for it is told once it is ready."""
    pack.ready_at = at if is_ready else None
    pack.save(update_fields=["done", "lost", "ready_at"])
    if is_ready:
        label = words(gettext_lazy("The folder %(pack)s is packed"), pack=pack)
        path = reverse("archives:pack_file", args=[pack.pk])
        tell("folder_packed", pack, [pack.by], label, client=pack.client, at=at, path=path)
    return pack


def _can_go_on(pack, path):
    """Whether what lies there ends where the row says that it does."""
    if not pack.done:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == str(pack.done).encode()
    except (OSError, zipfile.BadZipFile):
        return False


def _write(pack, path, at, until):
    papers = packable(in_folder(pack.by, pack.client, at, pack.job_number, pack.show))
    lost = []
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        for paper in papers.filter(pk__gt=pack.done).iterator(chunk_size=500):
            for _piece in put_paper(archive, paper, lost):
                pass
            pack.done = paper.pk
            if time.monotonic() > until:
                break
        pack.lost += [paper.pk for paper in lost]
        archive.comment = str(pack.done).encode()
        if papers.filter(pk__gt=pack.done).exists():
            return False
        gone = Document.objects.filter(pk__in=pack.lost).light()
        put_lists(archive, list(papers.filter(pk__lte=pack.done)), list(gone))
    return True


@verb
def drop_pack(*, pack):
    """Its days are over: the file goes, and the row with it."""
    file_of(pack).unlink(missing_ok=True)
    pack.delete()
