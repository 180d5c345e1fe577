"""Small pictures of filed papers: drawn by the clock, shown to who may see the paper (B4)."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from agency.common.clock import run_step
from archives import storage
from archives.models import Document, Preview
from archives.reading import draw
from archives.tasks.preview import PREVIEWS
from archives.verify import findings
from tests.archives.papers import NOON, make_document, png_header
from tests.archives.test_ads import WALL, make_ad
from tests.archives.test_reading import LETTERS, pdf_saying
from tests.builders import make_user


def picture(kind="PNG", size=(1200, 600), mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size, (180, 40, 30, 128)[: len(mode)]).save(out, kind)
    return out.getvalue()


def run():
    return list(run_step(PREVIEWS, NOON))


def shown(sha256):
    return Image.open(io.BytesIO(storage.read_file(sha256)))


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (picture("JPEG", mode="CMYK"), (640, 320)),
        (picture("PNG", (40, 90), "RGBA"), (40, 90)),
        (pdf_saying(LETTERS), (480, 640)),
    ],
)
def test_clock_draws_pictures_and_first_pages_once(client_, content, size):
    make_document(client_, kind="ad_file", content=content)

    assert len(run()) == 1
    row = Preview.objects.get()
    assert (row.width, row.height) == shown(row.sha256).size == size
    assert shown(row.sha256).format == "PNG"
    assert run() == []
    assert list(findings()) == []


def test_what_cannot_be_drawn_is_tried_once(client_):
    make_document(client_, kind="ad_file", content=png_header(100, 100))

    run()

    assert Preview.objects.get().sha256 == ""
    assert run() == []


def test_papers_of_the_house_and_other_types_are_not_drawn(client_):
    make_document(client_, kind="contact_report")
    make_document(client_, kind="ad_file", content=b"words")

    assert not Document.objects.undrawn().exists()
    assert draw(storage.store(b"<svg/>").sha256, "image/svg+xml") is None


def test_wall_shows_it_lazily_to_who_may_see_the_paper(at_ae, client_, ae):
    paper = make_document(client_, kind="ad_file", content=picture())
    make_ad(client_, ae, documents=[paper])
    run()

    address = reverse("archives:document_picture", args=[paper.pk])
    text = at_ae.get(WALL).content.decode()
    assert f'<img src="{address}" width="640" height="320" alt="" loading="lazy"' in text
    response = at_ae.get(address)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (
        "image/png",
        "nosniff",
    )
    at_ae.force_login(make_user())
    assert at_ae.get(address).status_code == 404


def test_picture_missing_in_the_store_is_said(at_ae, client_):
    paper = make_document(client_, kind="ad_file", content=picture())
    run()
    storage.path_of(paper.preview.sha256).unlink()

    response = at_ae.get(reverse("archives:document_picture", args=[paper.pk]))

    assert response.status_code == 507
