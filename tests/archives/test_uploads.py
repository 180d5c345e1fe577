import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from agency.common.errors import Refused
from agency.common.models import AuditEntry, Notification
from archives import storage
from archives.intake import Infected
from archives.kinds import Kind
from archives.models import Document
from archives.services import file_upload
from archives.services.uploads import kinds_of
from tests.archives.papers import EICAR, NOON, PDF, upload
from tests.builders import make_client, make_user


def put(client, by, content=PDF, name="scan.pdf", **values):
    defaults = {"kind": Kind.MEMO, "dated_on": NOON.date(), "at": NOON}
    return file_upload(client=client, upload=upload(content, name), by=by, **{**defaults, **values})


@pytest.mark.rule("R38")
def test_hand_filed_paper_has_kind_client_and_date(ae):
    client = make_client(team=[ae])

    paper = put(client, ae, name="报价单（终版）.pdf", source="供应商 88 号")

    assert (paper.client, paper.kind, paper.dated_on) == (client, "memo", NOON.date())
    assert (paper.title, paper.name) == ("报价单（终版）", "报价单（终版）.pdf")
    assert (paper.number, paper.source, paper.is_scanned) == ("", "供应商 88 号", False)
    assert storage.read_file(paper.sha256) == PDF
    assert AuditEntry.objects.get(verb="file_document").actor == ae


def test_same_form_again_is_the_same_paper(ae):
    client, form_key = make_client(team=[ae]), uuid4()

    assert put(client, ae, form_key=form_key) == put(client, ae, form_key=form_key)
    assert Document.objects.count() == 1


def test_same_form_twice_at_once_is_the_same_paper(transactional_db):
    ae = make_user()
    client, form_key = make_client(team=[ae]), uuid4()
    start = threading.Barrier(4)

    def press(_number):
        start.wait()
        try:
            return put(client, ae, form_key=form_key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(press, range(4)))

    assert found == {Document.objects.get().pk}
    assert AuditEntry.objects.filter(verb="file_document").count() == 1


@pytest.mark.rule("R38")
def test_house_papers_are_not_filed_by_hand(ae):
    with pytest.raises(Refused) as refusal:
        put(make_client(team=[ae]), ae, kind=Kind.CONTACT_REPORT)
    assert refusal.value.field == "kind"


def test_other_clients_folder_is_closed(ae, other_ae):
    with pytest.raises(PermissionDenied):
        put(make_client(team=[ae]), other_ae)
    assert list(storage.root().glob("*")) == []


def test_department_files_its_own_kinds_only(db):
    creative = make_user(role="department", department="creative")
    client = make_client(team=[creative])

    assert put(client, creative, kind=Kind.REFERENCE).kind == "reference"
    with pytest.raises(PermissionDenied):
        put(client, creative, kind=Kind.CONTRACT)
    assert set(kinds_of(creative)) == {
        Kind.AD_FILE,
        Kind.STRATEGY,
        Kind.AD_GUIDELINE,
        Kind.COMPETITOR_FILE,
        Kind.CLIPPING,
        Kind.REFERENCE,
    }


def test_finance_files_for_every_client(db):
    assert put(make_client(), make_user(role="finance"), kind=Kind.CONTRACT).pk


def test_what_the_folder_holds_already_is_noticed(ae):
    client = make_client(team=[ae])
    put(client, ae, title="Memo of May")

    with pytest.raises(Refused, match="Memo of May"):
        put(client, ae, twins_welcome=False)
    assert put(client, ae).pk
    assert put(make_client(team=[ae]), ae, twins_welcome=False).pk


def test_virus_goes_on_record_and_admins_are_told(ae, settings, tmp_path):
    program = tmp_path / "scanner"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    settings.SCAN_COMMAND = str(program)
    admin = make_user(role="admin")
    client = make_client(code="LM", team=[ae])

    with pytest.raises(Infected):
        put(client, ae, EICAR.encode(), "invoice.pdf")

    entry = AuditEntry.objects.get(verb="quarantine_file")
    assert (entry.actor, entry.client_code, entry.changes) == (ae, "LM", {"name": "invoice.pdf"})
    notice = Notification.objects.get()
    assert notice.recipient == admin
    assert "LM" not in notice.label + notice.client_code
    assert Document.objects.count() == 0
