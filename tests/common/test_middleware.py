"""Headers, hygiene, language, addresses, and the answer to a refused verb."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.test import Client

from agency.common.middleware import BODY_BYTES, QUERY_BYTES, is_dirty
from agency.common.pages import typed_fields
from tests.archives.test_storage import files_of_at_most
from tests.builders import make_user

pytestmark = pytest.mark.urls("tests.common.site")


@pytest.fixture
def signed_in(client, ae):
    client.force_login(ae)
    return client


def test_no_page_is_kept_by_a_cache_or_may_use_a_device(client):
    response = client.get("/echo/")
    assert response["Cache-Control"] == "private, no-store"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"


def test_policy_for_content_allows_our_own_files_only(client):
    policy = client.get("/echo/")["Content-Security-Policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


def test_fault_pages_have_the_headers_too(client):
    response = client.get("/echo/?q=%00")
    assert response.status_code == 400
    assert response["Cache-Control"] == "private, no-store"
    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/echo/%00", "/echo/?q=a%00b", "/echo/?a%00b=1"])
def test_nul_in_the_address_is_refused(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert "This request cannot be read" in response.content.decode()


@pytest.mark.parametrize("data", [{"words": "a\x00b"}, {"wo\x00rds": "a"}])
def test_nul_in_a_form_is_refused(client, data):
    assert client.post("/echo/", data).status_code == 400
    body = QueryDict(mutable=True)
    body.update(data)
    kind = "application/x-www-form-urlencoded"
    assert client.post("/echo/", body.urlencode(), content_type=kind).status_code == 400


def test_lone_surrogates_are_dirty_and_rare_characters_are_not():
    assert is_dirty("a\ud800")
    assert not is_dirty("喆堃镕珺翀𠮷😀\u202e")


def test_clean_words_pass(client):
    assert client.post("/echo/", {"words": "喆堃\r\n镕"}).json()["typed"] == "喆堃\r\n镕"


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 400)])
def test_query_may_have_four_kilobytes(client, more, status):
    query = "q=" + "x" * (QUERY_BYTES - 2 + more)
    assert client.get(f"/echo/?{query}").status_code == status


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
def test_body_may_have_fifty_five_megabytes(client, more, status):
    length = str(BODY_BYTES + more)
    response = client.generic("POST", "/echo/", b"", CONTENT_LENGTH=length)
    assert response.status_code == status


def test_too_large_form_gets_its_own_page(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post("/echo/", {"words": "x" * 200})
    assert response.status_code == 413
    assert "One file may have 50 MB" in response.content.decode()


def test_too_many_fields_get_the_page_for_400(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = client.post("/echo/", {"a": 1, "b": 2, "c": 3})
    assert response.status_code == 400
    assert "This request cannot be read" in response.content.decode()


NO_ROOM = "The server has no room to take this file in. Nothing was filed"
LARGE = b"x" * 3 * 1024 * 1024


def sent(client, **more):
    return client.post("/echo/", {"file": ContentFile(LARGE, name="a.pdf")}, **more)


def test_a_full_disk_under_the_upload_folder_gives_words_and_then_it_works(
    client, settings, tmp_path
):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    with files_of_at_most(1_000_000):
        answer = sent(client)
    assert answer.status_code == 507
    assert NO_ROOM in answer.content.decode()
    assert list(tmp_path.iterdir()) == []
    assert sent(client).status_code == 200


def test_an_upload_folder_that_is_not_there_gives_the_same_words(client, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "gone")
    chinese = sent(client, HTTP_ACCEPT_LANGUAGE="zh-hans")
    assert chinese.status_code == 507
    assert "服务器没有空间接收此文件" in chinese.content.decode()
    answer = sent(client, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["message"][:46]) == (507, NO_ROOM[:46])


@pytest.mark.parametrize(
    ("accept", "language"), [("zh-CN,zh;q=0.9", "zh-hans"), ("en-GB", "en"), ("fr", "en")]
)
def test_guest_reads_the_language_of_the_browser(client, accept, language):
    response = client.get("/echo/", headers={"accept-language": accept})
    assert response.json()["language"] == language
    assert response["Content-Language"] == language


def test_guest_may_choose_by_cookie(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    response = client.get("/echo/", headers={"accept-language": "en"})
    assert response.json()["language"] == "zh-hans"


@pytest.mark.parametrize(("chosen", "language"), [("zh", "zh-hans"), ("en", "en")])
def test_choice_of_a_person_stands_before_the_browser(client, db, chosen, language):
    client.force_login(make_user(language=chosen))
    response = client.get(
        "/echo/", headers={"accept-language": "zh-CN" if chosen == "en" else "en"}
    )
    assert response.json()["language"] == language


@pytest.mark.parametrize(
    ("proxies", "forwarded", "ip"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_address_is_the_one_our_own_proxies_saw(client, settings, proxies, forwarded, ip):
    settings.PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client.get("/echo/", headers=headers).json()["ip"] == ip


def test_refused_verb_is_a_red_note_on_the_page_before(signed_in):
    response = signed_in.post("/refuse/", headers={"referer": "http://testserver/back/?page=2"})
    assert response.status_code == 302
    assert response["Location"] == "http://testserver/back/?page=2"
    (note,) = get_messages(response.wsgi_request)
    assert (note.level_tag, note.message) == ("error", "This report has been issued already.")


@pytest.mark.parametrize("referer", ["", "https://evil.example/back/", "//evil.example", "x"])
def test_refused_verb_never_leads_to_another_site(signed_in, referer):
    response = signed_in.post("/refuse/", headers={"referer": referer} if referer else {})
    assert response["Location"] in ("/", "x")


def test_refused_verb_answers_the_script_in_json(signed_in):
    response = signed_in.post("/refuse/", headers={"accept": "application/json"})
    assert response.status_code == 422
    assert response.json() == {"message": "This report has been issued already.", "field": "report"}


def test_refused_reading_is_a_page(client):
    response = client.get("/refuse/")
    assert response.status_code == 409
    assert "This report has been issued already." in response.content.decode()


def test_stale_page_gives_back_every_word_as_text(signed_in):
    data = {"title": "<b>Winter</b>", "note": "one\ntwo", "row_version": "3", "password": "secret"}
    response = signed_in.post("/stale/", data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Changed by Zhong Wantang at 14:19." in page
    assert "&lt;b&gt;Winter&lt;/b&gt;" in page
    assert "one\ntwo" in page
    assert "secret" not in page


def test_stale_answers_the_script_in_json(signed_in):
    response = signed_in.post("/stale/", headers={"accept": "application/json"})
    assert response.status_code == 409
    assert response.json() == {"stale": True, "message": "Changed by Zhong Wantang at 14:19."}


def test_typed_fields_leave_out_what_the_page_added(rf):
    data = {
        "points-TOTAL_FORMS": "2",
        "points-0-id": "5",
        "points-0-text": "Green",
        "form_key": "x",
        "empty": " ",
    }
    assert typed_fields(rf.post("/", data)) == [("points-0-text", "Green")]


def test_form_from_before_the_sign_in_gives_its_words_back(db):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/echo/", {"words": "half an hour of work"})
    assert response.status_code == 403
    assert "half an hour of work" in response.content.decode()
