"""The reference file: filed quickly with topic and source, listed by topic (R45)."""

import uuid

import pytest
from django.urls import reverse

from archives.models import Document
from tests.archives.papers import make_document, page, upload
from tests.builders import assign, from_kept, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R45")]
LIST, CREATE = reverse("archives:reference_list"), reverse("archives:reference_create")


def make_kept():
    ae, lm = make_user(role="ae"), None
    lm = make_client("LM", team=[ae])
    for number, topic in enumerate(["茶饮市场", "包装法规", "茶饮市场", ""]):
        kind = "clipping" if number % 2 else "reference"
        make_document(
            lm, kind=kind, topic=topic, source="日报", title=f"第{number}篇",
            content=b"%d" % number, name="a.txt",
        )  # fmt: skip
    make_document(make_client(), kind="clipping", topic="茶饮市场", content=b"other")
    return {"ae": ae, "lm": lm}


ae, lm = from_kept("ae", "lm")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?sort=topic", ["第3篇", "第1篇", "第2篇", "第0篇"]),
        ("?topic=茶饮市场", ["第2篇", "第0篇"]),
        ("?topic=-", ["第3篇"]),
        ("?kind=clipping&q=包装", ["第1篇"]),
    ],
)
def test_listed_by_topic(sign_in, ae, query, titles):
    rows = sign_in(ae).get(LIST + query).context["rows"]
    assert [row.title for row in rows] == titles


def test_topics_stand_beside_with_what_one_may_see_of_them(sign_in, ae):
    browser = sign_in(ae)
    found = browser.get(LIST).context["topics"]
    assert [(label, count) for label, _url, count, _is in found] == [
        ("茶饮市场", 2), ("Without a topic", 1), ("包装法规", 1),
    ]  # fmt: skip
    chosen = browser.get(found[0][1].join([LIST, ""])).context["topics"]
    assert [is_chosen for *_link, is_chosen in chosen] == [True, False, False]


def typed(lm, **fields):
    return {
        "client": lm.pk, "kind": "clipping", "topic": "茶饮市场", "source": "财经周刊",
        "dated_on": "2026-11-19", "face": "internal", "form_key": str(uuid.uuid4()), **fields,
    }  # fmt: skip


def test_a_file_and_a_pasted_text_are_filed_at_once(sign_in, ae, lm):
    browser = sign_in(ae)
    answer = browser.post(
        CREATE, typed(lm, title="冷泡茶", text="冷泡茶销量增长三成", files=upload(b"x", "a.txt"))
    )
    assert answer["Location"].endswith("?topic=%E8%8C%B6%E9%A5%AE%E5%B8%82%E5%9C%BA")
    papers = Document.objects.filter(source="财经周刊").order_by("name")
    assert [(paper.name, paper.topic) for paper in papers] == [
        ("a.txt", "茶饮市场"), ("冷泡茶.txt", "茶饮市场"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "field"),
    [({}, "files"), ({"text": "A"}, "title"), ({"text": "A", "title": "B", "topic": ""}, "topic")],
)
def test_refused_without_file_title_or_topic(sign_in, ae, lm, fields, field):
    answer = sign_in(ae).post(CREATE, typed(lm, **fields))
    assert list(answer.context["form"].errors) == [field]
    page(answer, 422)


DEPARTMENTS = ["creative", "media", "production"]


@pytest.mark.parametrize("kind", ["clipping", "reference"])
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_a_department_files_its_own_finds_for_its_clients(sign_in, lm, department, kind):
    person = make_user(role="department", department=department)
    assign(lm, person)
    browser = sign_in(person)
    assert reverse("archives:reference_create") in page(browser.get(LIST))
    answer = browser.post(CREATE, typed(lm, kind=kind, title="冷泡茶", text="三成"))
    assert answer.status_code == 302
    paper = Document.objects.get(source="财经周刊")
    assert (paper.client, paper.kind, paper.created_by) == (lm, kind, person)


def test_a_department_files_nothing_for_a_client_that_is_not_its_own(sign_in, lm):
    person = make_user(role="department", department="creative")
    assign(make_client("YL"), person)
    answer = sign_in(person).post(CREATE, typed(lm, title="冷泡茶", text="三成"))
    assert list(answer.context["form"].errors) == ["client"]
    assert not Document.objects.filter(source="财经周刊").exists()


def test_management_files_no_clipping(sign_in):
    management = make_user(role="management")
    assert reverse("archives:reference_create") not in page(sign_in(management).get(LIST))
    assert sign_in(management).get(CREATE).status_code == 403
