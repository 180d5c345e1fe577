"""Films and sound: a door of their own, streamed into the store, played in pieces (C15, C20)."""

import io
import tracemalloc
from uuid import uuid4

import pytest
from django.core.files.uploadhandler import load_handler
from django.http.multipartparser import MultiPartParser
from django.test import Client
from django.urls import reverse

from agency.common.middleware import BODY_BYTES
from archives import intake, playing, storage
from archives.models import Document
from archives.playing import Span, Unsatisfiable, span_of
from archives.sniff import media_type
from archives.storage import folder
from tests.archives.papers import PDF, make_document, page, upload
from tests.archives.test_ads import make_ad
from tests.builders import make_user

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(range(256)) * 8
SIZE = len(MP4)


@pytest.fixture
def ad(client_, ae):
    return make_ad(client_, ae, medium="tv", job_number="LM-26-014")


def door(ad):
    return reverse("archives:ad_file", args=[ad.pk])


def sent(content=MP4, name="春 film.mp4", **more):
    return {"files": [upload(content, name, "video/mp4")], "form_key": str(uuid4()), **more}


def temporary_files():
    return list((storage.root() / "tmp").glob("*"))


# --- in ------------------------------------------------------------------------------------------


def test_film_comes_in_by_its_door_and_stands_with_the_ad(at_ae, ad):
    values = sent()
    for _time in range(2):
        response = at_ae.post(door(ad), {**values, **sent(form_key=values["form_key"])})

    paper = ad.documents.get()
    assert response["Location"] == ad.get_absolute_url()
    assert (paper.mime, paper.kind, paper.size) == ("video/mp4", "ad_file", SIZE)
    assert (paper.title, paper.name) == (ad.title, "春 film.mp4")
    assert [row.job_number for row in paper.job_numbers.all()] == ["LM-26-014"]
    assert storage.read_file(paper.sha256) == MP4
    assert temporary_files() == []
    assert "<video controls" in page(at_ae.get(ad.get_absolute_url()))


def test_only_film_and_sound_may_be_large(at_ae, ad, monkeypatch):
    monkeypatch.setattr(intake, "MAX_SIZE", SIZE - 1)

    text = page(at_ae.post(door(ad), sent(PDF + b"%" * SIZE, "large.pdf")), 422)
    assert "larger than 50 MB" in text
    assert not Document.objects.exists()
    at_ae.post(door(ad), sent())
    assert ad.documents.count() == 1
    assert temporary_files() == []


def test_film_above_the_limit_is_refused(at_ae, ad, settings):
    settings.FILM_BYTES = SIZE - 1

    assert "larger than this site takes" in page(at_ae.post(door(ad), sent()), 422)
    assert temporary_files() == []


@pytest.mark.parametrize(
    ("more", "status"), [(BODY_BYTES + 1, 422), (BODY_BYTES + 1000, 422), (BODY_BYTES + 1001, 413)]
)
def test_film_door_takes_more_than_a_page_does(at_ae, ad, settings, more, status):
    settings.FILM_BYTES = 1000
    length = {"CONTENT_LENGTH": str(more)}

    assert at_ae.generic("POST", door(ad), b"", **length).status_code == status
    other = reverse("archives:ad_update", args=[ad.pk])
    assert at_ae.generic("POST", other, b"", **length).status_code == 413


def test_who_is_not_signed_in_sends_nothing(client, ad):
    response = client.post(door(ad), sent())

    assert response["Location"].startswith("/login/")
    assert temporary_files() == []
    assert not Document.objects.exists()


def test_film_without_the_token_of_its_page_is_refused(ad, ae):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ae)
    browser.get(door(ad))

    assert browser.post(door(ad), sent()).status_code == 403
    assert (Document.objects.count(), temporary_files()) == (0, [])


def test_store_without_room_says_so_before_it_writes(at_ae, ad, monkeypatch):
    monkeypatch.setattr(folder, "FREE_FLOOR", 10**18)

    assert "store of papers is full" in page(at_ae.post(door(ad), sent()), 507)
    assert temporary_files() == []


def test_another_clients_ad_takes_no_file(client, ad):
    client.force_login(make_user())

    assert client.post(door(ad), sent()).status_code == 404
    assert temporary_files() == []


class Endless(io.RawIOBase):
    """A form with one file of so many bytes, made as it is read."""

    HEAD = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\n'
    TAIL = b"\r\n--b--\r\n"

    def __init__(self, size):
        super().__init__()
        self.parts = [self.HEAD, *([bytes(2**16)] * (size >> 16)), self.TAIL]
        self.length = len(self.HEAD) + size + len(self.TAIL)
        self.buffer = b""

    def read(self, size=-1):
        if not self.buffer and self.parts:
            self.buffer = self.parts.pop(0)
        found, self.buffer = self.buffer[:size], self.buffer[size:]
        return found


def parse(stream, rf):
    handler = load_handler("archives.streaming.StoreUploadHandler", rf.get("/"))
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": stream.length}
    return MultiPartParser(meta, stream, [handler]).parse()[1]


def test_film_is_never_whole_in_memory(db, rf):
    size = 24 * 2**20
    tracemalloc.start()
    files = parse(Endless(size), rf)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert files["files"].size == files["files"].staged.size == size
    assert peak < 3 * 2**20
    files["files"].close()
    assert temporary_files() == []


def test_upload_that_breaks_off_leaves_nothing(db, rf):
    stream = Endless(2**20)
    stream.parts[5:] = []
    files = parse(stream, rf)
    for file in files.values():
        file.close()

    assert temporary_files() == []


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (MP4, "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypheic", ""),
        (b"\x1aE\xdf\xa3\x9fB\x82\x84webm", "video/webm"),
        (b"\x1aE\xdf\xa3\x9fB\x82\x88matroska", "video/x-matroska"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", ""),
        (b"OggS\x00\x02" + b"\x00" * 22 + b"\x80theora", "video/ogg"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xd8\xff\xe0", ""),
    ],
)
def test_film_and_sound_are_known_by_their_bytes(head, mime):
    assert media_type(head) == mime


# --- out -----------------------------------------------------------------------------------------


@pytest.fixture
def film(client_):
    return make_document(client_, kind="ad_file", content=MP4, name="film.mp4")


def play(browser, film, **headers):
    """The answer, read to its end."""
    response = browser.get(reverse("archives:document_play", args=[film.pk]), headers=headers)
    response.bytes = response.getvalue()
    return response


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ("bytes=0-", (0, 99)),
        ("bytes=0-0", (0, 0)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=99-", (99, 99)),
        ("bytes=-1", (99, 99)),
        ("bytes=-500", (0, 99)),
    ],
)
def test_piece_asked_for(asked, span):
    assert span_of(asked, 100) == Span(*span)


@pytest.mark.parametrize(
    "asked", ["", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "pages=1-2", "bytes=x-", "0-1"]
)
def test_nonsense_and_several_pieces_are_the_whole(asked):
    assert span_of(asked, 100) is None


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=9999999999-"])
def test_piece_behind_the_end_is_none(asked):
    with pytest.raises(Unsatisfiable):
        span_of(asked, 100)


@pytest.mark.rule("C15")
@pytest.mark.parametrize("at_once", [10, 10_000])
def test_film_is_played_whole_and_in_pieces(at_ae, film, monkeypatch, at_once):
    monkeypatch.setattr(playing, "AT_ONCE", at_once)
    whole = play(at_ae, film)
    assert (whole.status_code, whole.bytes, whole["Accept-Ranges"]) == (200, MP4, "bytes")
    piece = play(at_ae, film, range="bytes=100-199")
    assert (piece.status_code, piece.bytes) == (206, MP4[100:200])
    assert (piece["Content-Range"], piece["Content-Length"]) == (f"bytes 100-199/{SIZE}", "100")
    behind = play(at_ae, film, range=f"bytes={SIZE}-")
    assert (behind.status_code, behind["Content-Range"]) == (416, f"bytes */{SIZE}")


def test_played_film_runs_nothing(at_ae, film):
    response = play(at_ae, film)

    assert (response["Content-Type"], response["Content-Disposition"]) == ("video/mp4", "inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_piece_of_another_film_than_the_one_held_is_not_given(at_ae, film):
    tag = play(at_ae, film)["ETag"]

    held = {"range": "bytes=0-9", "if_range": tag}
    assert play(at_ae, film, **held).status_code == 206
    assert play(at_ae, film, **{**held, "if_range": '"other"'}).status_code == 200


def test_film_is_played_to_who_may_see_it(at_ae, client_, film):
    paper = make_document(client_, kind="ad_file")
    assert play(at_ae, paper).status_code == 404
    at_ae.force_login(make_user())
    assert play(at_ae, film, range="bytes=0-9").status_code == 404
    at_ae.logout()
    assert play(at_ae, film)["Location"].startswith("/login/")


def test_film_is_left_to_the_web_server_in_front(at_ae, film, settings):
    settings.X_ACCEL_PREFIX = "/stored/"

    response = play(at_ae, film, range="bytes=0-9")

    assert response["X-Accel-Redirect"] == f"/stored/{film.sha256[:2]}/{film.sha256}"
    assert (response.status_code, response.content, response["Content-Type"]) == (
        200,
        b"",
        "video/mp4",
    )


def test_film_missing_in_the_store_is_said(at_ae, film):
    storage.path_of(film.sha256).unlink()

    assert "missing from the store" in page(play(at_ae, film), 507)


def wall_of(browser):
    return page(browser.get(reverse("archives:ad_wall")))


def test_a_film_without_picture_has_a_tile_that_says_what_it_is(at_ae, client_, ae):
    film = make_ad(client_, ae, medium="tv", length_s=30, size="16:9")
    paper = make_document(client_, kind="ad_file", content=MP4, name="春.film.mp4")
    film.documents.add(paper)
    text = wall_of(at_ae)
    assert 'class="tile-card tile-film"' in text
    assert "<span>0:30 · MP4 · 16:9</span>" in text


def test_what_has_neither_film_nor_picture_has_a_plain_tile(at_ae, client_, ae):
    make_ad(client_, ae, medium="newspaper", size="半版")
    text = wall_of(at_ae)
    assert 'class="tile-card"' in text
    assert "<span>半版</span>" in text
    assert "tile-film" not in text
