"""Filing and fetching in Chromium: with script, under our own headers."""

import pytest

from archives.models import Document
from tests.archives.papers import make_document
from tests.builders import make_client, make_user

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"
CANARY = b"<script>document.title = 'pwned'; fetch('/canary/')</script>"


@pytest.fixture
def customer(transactional_db):
    ae = make_user("ae1")
    ae.set_password(PASSWORD)
    ae.save()
    return make_client(code="LM", team=[ae])


@pytest.fixture
def signed_in(page, customer):
    page.goto("/login/")
    page.fill("[name=username]", "ae1")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")
    return page


def test_two_files_are_filed_with_progress(signed_in, customer, axe, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"text {name}")
    signed_in.goto(f"/archives/file/?client={customer.pk}")
    assert [found["id"] for found in serious(axe, signed_in)] == []

    signed_in.select_option("[name=kind]", "memo")
    signed_in.set_input_files("[name=files]", [tmp_path / "one.txt", tmp_path / "two.txt"])
    signed_in.click("main button.btn-primary")
    signed_in.wait_for_selector("text=2 papers filed.")

    assert set(Document.objects.values_list("title", flat=True)) == {"one", "two"}
    assert [found["id"] for found in serious(axe, signed_in)] == []


def serious(axe, page):
    found = axe.run(page).response["violations"]
    return [row for row in found if row["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.pdf"])
def test_stored_script_never_runs(signed_in, customer, name):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg">' + CANARY + b"</svg>"
    content = {"a.html": b"<html>" + CANARY, "a.svg": svg, "a.pdf": b"<html>" + CANARY}[name]
    paper = make_document(customer, content=content, name=name)
    asked = []
    signed_in.on("request", lambda request: asked.append(request.url))
    signed_in.goto(paper.get_absolute_url())

    with signed_in.expect_download() as download:
        signed_in.click("main .page-acts a[download], main a.btn-primary[download]")

    assert download.value.suggested_filename == name
    assert signed_in.title() != "pwned"
    assert not any("canary" in url for url in asked)
