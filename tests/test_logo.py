"""The logo of the house: taken in like every upload, drawn anew, printed, taken out again (C14)."""

import io

import pytest
from django.urls import reverse
from PIL import Image, PngImagePlugin

from accounts.models import AgencySettings
from agency.common import pdf
from agency.common.models import AuditEntry
from archives import storage
from archives.papers import house
from archives.verify import findings
from meetings.papers import client_face
from tests.archives.papers import EICAR, PDF, png_header, upload, zip_of
from tests.builders import make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
PAGE = "/settings/logo/"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
CANARY = b"<script>alert('canary')</script>"


def drawing(kind="PNG", size=(300, 100), **about):
    out = io.BytesIO()
    Image.new("RGB", size, "#0a5e58").save(out, kind, **about)
    return out.getvalue()


def told(text):
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", text)
    return info


@pytest.fixture
def admin(client):
    client.force_login(make_user(username="admin", role="admin"))
    return client


def put(browser, content, name="logo.png", mime="image/png", **typed):
    typed = {"row_version": AgencySettings.load().row_version} | typed
    return browser.post(PAGE, {"file": upload(content, name, mime), **typed})


def logo():
    return AgencySettings.objects.values_list("logo_sha256", flat=True).first() or ""


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_taken_and_shown(admin, kind):
    assert put(admin, drawing(kind), f"logo.{kind.lower()}").status_code == 302
    shown = admin.get(reverse("logo_picture"))
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert shown["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert Image.open(io.BytesIO(shown.content)).size == (300, 100)
    for page in (PAGE, "/settings/"):
        assert reverse("logo_picture") in admin.get(page).content.decode()
    entry = AuditEntry.objects.get(verb="set_logo")
    assert entry.changes == {"sha256": ["", logo()]}


@pytest.mark.rule("C14")
def test_nothing_but_the_pixels_is_kept(admin):
    content = drawing(size=(3000, 3000), pnginfo=told(CANARY.decode())) + CANARY
    assert put(admin, content).status_code == 302
    kept = storage.read_file(logo())
    assert b"canary" not in kept
    assert Image.open(io.BytesIO(kept)).size == (300, 300)
    assert list(findings()) == []


@pytest.mark.rule("C14")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SVG, "PNG or JPEG"),
        (HTML, "PNG or JPEG"),
        (PDF, "PNG or JPEG"),
        (drawing("GIF"), "PNG or JPEG"),
        (zip_of({"a.png": drawing()}), "PNG or JPEG"),
        (zip_of({"a": b"\x00" * 2_000_000}), "unpacks"),
        (png_header(30_000, 30_000), "pixels"),
        (png_header(300, 100), "damaged"),
        (drawing()[:60], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + HTML, "damaged"),
        (drawing() + b"x" * 2 * 1024**2, "2 MB"),
        (b"", "empty"),
    ],
)
def test_what_is_no_picture_is_refused_at_the_field(admin, content, words):
    answer = put(admin, content)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["file"])
    assert (logo(), list(storage.stored_hashes())) == ("", [])


@pytest.mark.rule("C14")
def test_a_virus_is_locked_away_and_told(admin, settings, tmp_path):
    program = tmp_path / "scanner"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    settings.SCAN_COMMAND = str(program)
    answer = put(admin, EICAR.encode())
    assert "virus" in str(answer.context["form"].errors["file"])
    assert AuditEntry.objects.filter(verb="quarantine_file").count() == 1
    assert logo() == ""


def test_no_file_is_an_error_at_the_field(admin):
    answer = admin.post(PAGE, {"row_version": AgencySettings.load().row_version})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_who_is_late_is_told_so(admin):
    shown = AgencySettings.load().row_version
    put(admin, drawing())
    first = logo()
    assert put(admin, drawing(size=(50, 50)), row_version=shown).status_code == 409
    assert logo() == first


def test_papers_print_it_until_it_is_removed(admin, ae):
    client, contact = make.make_account(ae, paper_language="en")
    draft = make.log(client, contact, ae)
    assert b"/Subtype /Image" not in printed(draft)
    put(admin, drawing())
    assert b"/Subtype /Image" in printed(draft)
    remove(admin)
    assert logo() == ""
    assert b"/Subtype /Image" not in printed(draft)


def printed(draft):
    face = client_face(draft, when("2026-11-19 12:00"))
    return pdf.render("meetings/pdf/contact_report.html", face)


def remove(admin):
    answer = admin.post(f"{PAGE}remove/", {"row_version": AgencySettings.load().row_version})
    assert answer.status_code == 302


def test_every_letterhead_is_given_the_logo(admin):
    put(admin, drawing())
    assert house()["logo"] == logo()


def test_without_a_logo_there_is_no_picture(admin):
    assert admin.get(reverse("logo_picture")).status_code == 404
    assert "no logo yet" in admin.get(PAGE).content.decode()


@pytest.mark.parametrize("role", ["ae", "ad", "management", "finance"])
def test_only_the_admin_may(client, role):
    client.force_login(make_user(role=role))
    assert put(client, drawing()).status_code == 403
    assert client.post(f"{PAGE}remove/").status_code == 403
    assert client.get(reverse("logo_picture")).status_code == 403
