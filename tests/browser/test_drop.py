"""Files dropped in Chinese, and hostile ones looked at: nothing runs, nothing is lost (R38, B4)."""

from datetime import date

import pytest
from playwright.sync_api import expect

from agency.common.errors import Refused
from archives.models import Document, Incoming
from archives.services import file_upload, receive
from tests.archives.hostile import FILES
from tests.archives.papers import NOON, make_document, upload
from tests.builders import assign, make_client, make_user

pytestmark = pytest.mark.browser
NAMES = ("LM-26-014 印刷报价 20261102", "LM-26-014 发票 20261110", "LM 合同 20260301",
         "LM 剪报 20261001", "说不清")  # fmt: skip


@pytest.fixture
def person(transactional_db):
    user = make_user("ae1", language="zh")
    client = make_client("LM", name="绿麦食品")
    assign(client, user)
    make_document(client, "brief", job_numbers=["LM-26-014"])
    return user


@pytest.mark.rule("R38")
def test_five_files_are_dropped_and_a_jobs_gaps_are_filled(person, desk_of, tmp_path):
    for name in NAMES:
        (tmp_path / f"{name}.txt").write_text(name)
    page = desk_of(person)
    page.goto("/archives/incoming/")
    page.set_input_files("[data-drop] [name=files]", [tmp_path / f"{name}.txt" for name in NAMES])
    page.locator(".incoming").nth(4).wait_for()
    page.click("button[value=all]")
    page.wait_for_selector("text=已归档 4 份文件")
    named = Document.objects.filter(job_numbers__job_number="LM-26-014")
    assert {one.kind for one in named} == {"brief", "supplier_quote", "supplier_bill"}
    expect(page.locator(".incoming")).to_have_count(1)
    row = Incoming.objects.waiting().get()
    page.select_option(f"[name=r{row.pk}-kind]", "other")
    page.select_option(f"[name=r{row.pk}-client]", label="绿麦食品")
    page.fill(f"[name=r{row.pk}-dated_on]", "2026-11-01")
    page.click(f"button[value='{row.pk}']")
    page.wait_for_selector("text=没有待归档文件")


@pytest.mark.rule("R38")
def test_a_refused_file_says_why_and_the_others_come(person, desk_of, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text("好")
    page = desk_of(person)
    page.goto("/archives/incoming/")
    page.set_input_files(
        "[data-drop] [name=files]", [tmp_path / "empty.txt", tmp_path / "good.txt"]
    )
    page.wait_for_selector(".incoming")
    expect(page.locator("[data-drop-list] .field-error")).to_have_count(1)


def put_in(person, client):
    """The hostile files filed and waiting: as many as the door lets through."""
    for name, body in FILES.items():
        about = {"client": client, "kind": "other", "dated_on": date(2026, 11, 1), "by": person}
        try:
            file_upload(upload=upload(body, name), at=NOON, **about)
            receive(upload=upload(body + b" ", name), source="drop", owner=person, at=NOON)
        except Refused:
            continue


@pytest.mark.rule("C15")
def test_hostile_files_are_looked_at_and_nothing_runs(person, desk_of):
    client = person.assignments.get().client
    put_in(person, client)
    page, asked = desk_of(person), []
    page.on("request", lambda request: asked.append(request.url))
    papers = [paper.get_absolute_url() for paper in Document.objects.filter(kind="other")]
    lists = ["/archives/?kind=other", "/archives/search/?q=pdf", "/archives/incoming/"]
    for address in [*lists, f"/clients/{client.pk}/?tab=folder", *papers]:
        assert page.goto(address).status == 200, address
        assert page.title() != "pwned"
    assert len(papers) >= 30
    assert [url for url in asked if "canary" in url] == []
