"""Forty hostile files through the door, read and drawn, found and given out: nothing runs (B4)."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site

from agency.common.clock import run_step
from agency.common.errors import Refused
from archives import storage
from archives.downloads import SAFE_TYPES, paper_response
from archives.models import Document
from archives.services import file_upload, receive
from archives.tasks.document import TEXTS
from archives.tasks.preview import STEPS as PREVIEWS
from tests.archives.hostile import BOMBS, FILES
from tests.archives.papers import NOON, upload
from tests.builders import assign, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R38")]
DOOR = re.compile(r"from archives.intake import .*take_in")
DAY = NOON.date()


@pytest.fixture
def desk(settings, tmp_path):
    """(client, its AE), with a scanner that knows the test virus."""
    program = tmp_path / "scanner"
    program.write_text('#!/bin/sh\nif grep -q EICAR-STANDARD-ANTIVIRUS "$1"; then exit 1; fi\n')
    program.chmod(0o755)
    settings.SCAN_COMMAND = str(program)
    client, person = make_client(), make_user()
    assign(client, person)
    return client, person


def filed(desk, name, body):
    """The paper, or None where the door said no, in words and without a trace."""
    client, person = desk
    about = {"client": client, "kind": "other", "dated_on": DAY, "by": person, "at": NOON}
    try:
        return file_upload(upload=upload(body, name), **about)
    except Refused:
        return None
    finally:
        assert not list((storage.root() / "tmp").glob("*"))


def test_there_are_forty_of_them():
    assert len(FILES) >= 40


def test_all_through_the_door_then_read_drawn_and_given_out(desk):
    papers = [paper for name, body in FILES.items() if (paper := filed(desk, name, body))]
    good = filed(desk, "good.txt", "好文件".encode())
    for step in (TEXTS, *PREVIEWS):
        assert not [line for line in run_step(step, NOON) if "FAILED" in line]
    good.refresh_from_db()
    assert good.text == "好文件"
    assert [fault for paper in papers for fault in faults_of(paper)] == []


def faults_of(paper):
    paper = Document.objects.get(pk=paper.pk)
    answer = paper_response(paper)
    kind, how = answer["Content-Type"], answer["Content-Disposition"]
    if kind.partition(";")[0] not in given_as():
        yield f"{paper.name} is given out as {kind}"
    if not how.startswith("attachment") or "\n" in how:
        yield f"{paper.name} is given out as {how}"
    if "root:" in paper.text:
        yield f"{paper.name} read a file of this machine"


def given_as():
    return {kind.partition(";")[0] for kind in SAFE_TYPES.values()} | {"application/octet-stream"}


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.docx", "many.zip", "flood.png", "cut.zip"])
def test_bombs_stay_outside(desk, name):
    assert filed(desk, name, BOMBS[name]) is None


@pytest.mark.parametrize(
    "name", ["virus.txt", "empty.pdf", "bomb.docx", "a.svg", "a\r\nSet-Cookie: x=1.pdf"]
)
def test_what_waits_to_be_filed_came_through_the_same_door(desk, name):
    asked = {"upload": upload(FILES[name], name), "source": "drop", "owner": desk[1], "at": NOON}
    if filed(desk, name, FILES[name]) is None:
        with pytest.raises(Refused):
            receive(**asked)
    else:
        assert "\n" not in receive(**asked).name


def test_there_is_one_door():
    """One module takes a stranger's file in; whoever files, receives or draws it asks there."""
    apps = ("accounts", "archives", "jobs", "budgets", "meetings", "agency")
    sources = [path for app in apps for path in (Path(site.BASE_DIR) / app).rglob("*.py")]
    asking = {path.name for path in sources if DOOR.search(path.read_text())}
    assert asking == {"uploads.py"}
