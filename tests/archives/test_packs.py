"""The whole folder as a ZIP with a list and checksums: streamed, or packed by the clock (R38)."""

import hashlib
import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from agency.common.clock import run_step
from agency.common.errors import Refused
from agency.common.models import Notification
from archives import storage
from archives.models import FolderPack
from archives.packing import SUMS
from archives.services import packs
from archives.storage import folder as folders
from archives.tasks.pack import KEPT, STEPS
from tests.archives.papers import NOON, make_document, page
from tests.builders import make_client, make_user

LIST = "List of papers.xlsx"


def address(client, name="archives:folder_zip"):
    return reverse(name, args=[client.pk])


def opened(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def checked(archive):
    """{path: bytes} of what the checksums name, each compared with its own."""
    rows = [line.split("  ", 1) for line in archive.read(SUMS).decode().splitlines()]
    found = {path: archive.read(path) for _sum, path in rows}
    assert [hashlib.sha256(found[path]).hexdigest() for _sum, path in rows] == [
        row[0] for row in rows
    ]
    return found


def packed(pack):
    with zipfile.ZipFile(packs.file_of(pack)) as archive:
        return checked(archive)


def tick(at=NOON):
    return [line for step in STEPS for line in run_step(step, at)]


@pytest.fixture
def three(client_):
    """Three papers: of the day, with a name that no system takes, older than any ZIP."""
    make_document(client_, content=b"one", name="报价单（终版）.pdf", number="LM/CR/2026/014")
    make_document(client_, content=b"two" * 700_000, kind="fee_invoice", name='a:b?"c".pdf')
    make_document(client_, content=b"three", kind="strategy", dated_on=date(1978, 5, 1))
    return client_


def test_zip_holds_every_paper_a_list_and_the_checksums(at_ae, three):
    response = at_ae.get(address(three))

    archive = opened(response)
    assert archive.testzip() is None
    found = checked(archive)
    assert sorted(body[:5] for body in found.values()) == [b"one", b"three", b"twotw"]
    assert sorted(path.split("/")[0] for path in found) == ["1 Money", "4 Client papers", "5 Brand"]
    rows = list(load_workbook(io.BytesIO(archive.read(LIST))).active.values)
    assert {row[0] for row in rows[1:]} == set(found)
    assert ("LM/CR/2026/014" in rows[1], len(rows)) == (True, 4)
    assert response["Content-Disposition"].startswith('attachment; filename="folder-LM-')


def test_zip_of_a_job_and_only_what_one_may_see(at_ae, client_):
    make_document(client_, content=b"hers", job_numbers=["LM-26-014"])
    make_document(client_, content=b"no job")
    make_document(make_client(), content=b"foreign", job_numbers=["LM-26-014"])

    found = checked(opened(at_ae.get(address(client_), {"job": "LM-26-014"})))

    assert list(found.values()) == [b"hers"]


def test_department_takes_no_whole_folder(client, client_):
    client.force_login(make_user(role="department", department="creative"))

    assert client.get(address(client_)).status_code == 403


def test_paper_that_is_ill_is_named_and_the_others_are_packed(at_ae, three, am):
    ill = three.documents.get(kind="strategy")
    storage.path_of(ill.sha256).unlink()

    archive = opened(at_ae.get(address(three)))

    assert len(checked(archive)) == 2
    assert ill.label in archive.read("Not in this ZIP.txt").decode()
    assert Notification.objects.filter(kind="rot", recipient=am).count() == 1


def test_store_that_is_gone_is_said_before_anything_is_sent(at_ae, three):
    (storage.root() / storage.SENTINEL).write_text("another site")

    assert "cannot be reached" in page(at_ae.get(address(three)), 507)


# --- large ones ----------------------------------------------------------------------------------


@pytest.fixture
def large(three, monkeypatch):
    monkeypatch.setattr(packs, "AT_ONCE", 1000)
    return three


def ask(client, by):
    return packs.ask_pack(client=client, by=by, at=NOON)


def test_large_folder_is_packed_by_the_clock_and_told(at_ae, large, ae):
    text = page(at_ae.get(reverse("archives:folder", args=[large.pk])))
    assert "Have it packed as ZIP, 2.0 MB" in text
    assert at_ae.get(address(large)).status_code == 409
    for _time in range(2):
        assert at_ae.post(address(large)).status_code == 302
    pack = FolderPack.objects.get()
    assert at_ae.get(address(pack, "archives:pack_file")).status_code == 404

    assert tick() == [f"folders to pack: packed {pack}"]
    assert Notification.objects.get(kind="folder_packed").recipient == ae
    assert tick() == []
    answer = at_ae.get(address(pack, "archives:pack_file"))
    assert len(checked(opened(answer))) == 3
    answer.close()


def test_packing_goes_on_where_it_stopped(large, ae):
    pack = ask(large, ae)
    for done in (False, False, True):
        assert packs.pack_slice(pack, NOON, seconds=0) is done
        packs.keep_pack(pack=pack, is_ready=done, at=NOON)

    assert len(packed(pack)) == 3


@pytest.mark.parametrize("hurt", ["cut", "ahead"])
def test_killed_while_packing_it_begins_anew(large, ae, hurt):
    pack = ask(large, ae)
    packs.keep_pack(pack=pack, is_ready=packs.pack_slice(pack, NOON, seconds=0), at=NOON)
    if hurt == "cut":
        path = packs.file_of(pack)
        path.write_bytes(path.read_bytes()[:-9])
    else:  # the file was written, and the row not any more
        packs.pack_slice(FolderPack.objects.get(), NOON, seconds=0)

    assert packs.pack_slice(pack, NOON)
    assert len(packed(pack)) == 3


def test_without_room_it_is_not_packed(large, ae, monkeypatch):
    monkeypatch.setattr(packs, "FREE_FLOOR", 10**18)
    assert folders.FREE_FLOOR < 10**18

    with pytest.raises(Refused, match="no room to pack"):
        ask(large, ae)


def test_packed_folder_goes_after_some_days_and_is_nobody_elses(client, large, ae, am, other_ae):
    pack = ask(large, ae)
    tick()
    for person in (am, other_ae):
        client.force_login(person)
        assert client.get(address(pack, "archives:pack_file")).status_code == 404
    with pytest.raises(PermissionDenied):
        ask(large, other_ae)

    tick(NOON + KEPT + timedelta(seconds=1))
    assert (FolderPack.objects.count(), packs.file_of(pack).exists()) == (0, False)
