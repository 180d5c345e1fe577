"""Bringing an old cabinet in: what is complete is filed, the rest waits to be filed (R38)."""

import hashlib
import uuid

from accounts.models import Client
from agency.common.errors import Refused
from archives.models import Document, Incoming
from archives.services.incoming import check_job, receive
from archives.services.uploads import file_upload
from archives.storage import StoreError

SPACE = uuid.UUID("c1d5a9f8-2f3d-4f61-8f43-0c3a3b1b7d51")
FILED, WAITS, THERE, REFUSED = "filed", "to be filed", "there already", "refused"


def bring_in(*, cabinet, item, by, at):
    """(what became of the file, why or which paper). Brought in again, it is there already."""
    upload = cabinet.upload(item)
    try:
        key = key_of(upload, item)
        if Document.objects.filter(form_key=key).exists() or _waited(key):
            return THERE, ""
        return _file(upload, item, key, by, at) if item.is_complete else _wait(upload, key, by, at)
    except StoreError:
        raise
    except Refused as error:
        return REFUSED, str(error)
    finally:
        upload.close()


def key_of(upload, item):
    """The same bytes under the same name are one file, however often they are brought in."""
    digest = hashlib.sha256()
    for part in upload.chunks():
        digest.update(part)
    upload.seek(0)
    return uuid.uuid5(SPACE, f"{digest.hexdigest()}:{item.path}")


def _waited(key):
    return Incoming.objects.filter(form_key=key).exists()


def _file(upload, item, key, by, at):
    client = Client.objects.get(pk=item.client)
    numbers = [check_job(client, item.job_number)] if item.job_number else []
    paper = file_upload(
        client=client,
        kind=item.kind,
        upload=upload,
        dated_on=item.dated_on,
        title=item.title,
        source=item.source[:120],
        face=Document.Face.INTERNAL,
        by=by,
        at=at,
        form_key=key,
        twins_welcome=False,
        job_numbers=numbers,
    )
    return FILED, paper.label


def _wait(upload, key, by, at):
    row = receive(upload=upload, source=Incoming.Source.CABINET, owner=by, form_key=key, at=at)
    return (WAITS, "") if row.form_key == key else (THERE, "")
