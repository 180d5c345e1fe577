"""Room for a client's files: counted once, refused at the field, the admin's to change (C14)."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AgencySettings, Client
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from archives import storage
from archives.models import Document
from archives.services.room import GB, check_room, room_of, set_room
from tests.archives.papers import NOON, PDF, make_document, page, upload
from tests.builders import make_client, make_user, unguarded

FULL = (
    "There is no room for this file: 100\xa0bytes of the client's 1.0\xa0GB are taken. "
    "Please ask the administrator for more."
)


@pytest.fixture
def admin(db):
    return make_user(username="admin1", role="admin")


def fill(client, size):
    """A paper of the client that claims to be so large."""
    paper = make_document(client)
    with unguarded():
        Document.objects.filter(pk=paper.pk).update(size=size)


def give(client, gigabytes):
    Client.objects.filter(pk=client.pk).update(quota_gb=gigabytes)
    client.refresh_from_db()


def test_room_is_the_agencys_or_the_clients_own(client_):
    assert room_of(client_) == 50 * GB

    AgencySettings.objects.update(quota_gb=2)
    assert room_of(client_) == 2 * GB
    give(client_, 3)
    assert room_of(client_) == 3 * GB
    give(client_, 0)
    assert room_of(client_) == 0


@pytest.mark.parametrize(("more", "fits"), [(-1, True), (0, True), (1, False)])
def test_the_last_byte_fits_and_one_more_does_not(client_, more, fits):
    give(client_, 1)
    fill(client_, 100)

    if fits:
        check_room(client_, GB - 100 + more)
        return
    with pytest.raises(Refused) as refusal:
        check_room(client_, GB - 100 + more)
    assert (str(refusal.value), refusal.value.field) == (FULL, "file")


def test_another_clients_papers_and_the_houses_own_take_no_room(client_):
    give(client_, 1)
    fill(make_client(code="XY", name="Other"), 2 * GB)

    check_room(client_, GB)
    check_room(None, 10**15)


def test_void_papers_take_room_for_their_files_stay(client_):
    give(client_, 1)
    fill(client_, GB)
    Document.objects.update(state="void", void_reason="twice")

    with pytest.raises(Refused):
        check_room(client_, 1)


def test_room_is_counted_in_the_same_questions_for_1_and_50_papers(client_):
    AgencySettings.load()
    counts = []
    for papers in (1, 50):
        while Document.objects.count() < papers:
            make_document(client_)
        with CaptureQueriesContext(connection) as queries:
            check_room(client_, 1)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 2


def file_two(browser, client):
    values = {"client": client.pk, "kind": "memo", "dated_on": "2026-11-19", "face": "internal"}
    files = [upload(PDF + b"%", "a.pdf"), upload(PDF + b"%%", "报价单.pdf")]
    return browser.post(
        "/archives/file/", values | {"form_key": uuid.uuid4(), "files": files}, follow=True
    )


def test_upload_without_room_is_refused_at_the_field_by_name(at_ae, client_):
    give(client_, 1)
    fill(client_, GB)

    response = file_two(at_ae, client_)

    assert response.status_code == 422
    said = response.context["form"].errors["files"]
    assert [words.partition(":")[0] for words in said] == ["a.pdf", "报价单.pdf"]
    assert "no room for this file" in said[0]
    assert Document.objects.count() == 1
    assert list(storage.root().glob("tmp/*")) == []


def test_room_that_holds_one_of_two_files_takes_one(at_ae, client_):
    give(client_, 1)
    fill(client_, GB - len(PDF) - 1)

    response = file_two(at_ae, client_)

    assert len(response.context["form"].errors["files"]) == 1
    assert [row.name for row in Document.objects.order_by("pk")] == ["paper.pdf", "a.pdf"]


def test_papers_that_the_house_issues_are_filed_all_the_same(client_):
    give(client_, 0)

    assert make_document(client_).sha256


def test_admin_gives_a_client_more_room_on_record(client_, admin):
    set_room(client=client_, quota_gb=7, by=admin, at=NOON)

    client_.refresh_from_db()
    assert client_.quota_gb == 7
    entry = AuditEntry.objects.get(verb="set_room")
    assert (entry.actor, entry.changes) == (admin, {"quota_gb": ["None", "7"]})


@pytest.mark.parametrize("role", ["ae", "am", "ad", "gad", "finance", "management"])
def test_nobody_else_does(client_, role):
    with pytest.raises(PermissionDenied):
        set_room(client=client_, quota_gb=7, by=make_user(username="x", role=role), at=NOON)


def test_room_is_not_changed_from_a_stale_page_or_beyond_sense(client_, admin):
    with pytest.raises(Stale):
        set_room(client=client_, quota_gb=7, by=admin, at=NOON, row_version=99)
    with pytest.raises(Refused) as refusal:
        set_room(client=client_, quota_gb=100_001, by=admin, at=NOON)
    assert refusal.value.field == "quota_gb"


def test_admin_sees_codes_and_sizes_and_changes_them(client, client_, admin):
    fill(client_, 3 * GB)
    client.force_login(admin)

    text = page(client.get("/settings/rooms/"))
    assert "LM" in text
    assert "3.0\xa0GB" in text
    assert "绿麦" not in text
    data = {"quota_gb": "", "row_version": client_.row_version}
    assert (
        client.post(f"/settings/rooms/{client_.pk}/", data | {"quota_gb": "9"}).status_code == 302
    )
    client_.refresh_from_db()
    assert client_.quota_gb == 9


def test_admin_changes_the_agencys_room(client, client_, admin):
    client.force_login(admin)
    form = client.get("/settings/").context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    data["name"] = "绿岛广告"
    assert client.post("/settings/", data | {"quota_gb": "4"}).status_code == 302
    assert AgencySettings.objects.get().quota_gb == 4
    assert client.post("/settings/", data | {"quota_gb": "-1"}).status_code == 422
