"""The page that finds any paper (R39): hits, counts, what may have been meant."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archives.models import Document, FindSession
from tests.archives.papers import make_document, page
from tests.builders import make_client, make_user

FIND, FIGURES = reverse("archives:search"), reverse("archives:find_figures")
pytestmark = pytest.mark.rule("R39")


def test_before_anything_is_asked_it_says_what_can_be(at_ae):
    text = page(at_ae.get(FIND))
    assert "Any paper in seconds" in text


def test_a_hit_leads_to_its_paper_and_marks_the_word(at_ae, client_):
    paper = make_document(client_, title="Contract", text="the winter gift box is late")
    text = page(at_ae.get(FIND, {"q": "winter"}))
    assert paper.get_absolute_url() in text
    assert "<mark>winter</mark>" in text


def test_while_one_types_only_the_hits_come(at_ae, client_):
    paper = make_document(client_, title="Contract", text="the winter gift box is late")
    answer = at_ae.get(FIND, {"q": "winter"}, headers={"HX-Request": "true"})
    assert answer.content.decode().startswith('<div class="finds" id="hits"')
    assert paper.get_absolute_url() in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_who_goes_back_to_a_question_gets_the_whole_page(at_ae, client_):
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    text = page(at_ae.get(FIND, {"q": "winter"}, headers=back))
    assert "<html" in text
    assert 'value="winter"' in text


def test_a_kind_is_called_as_in_the_list_of_kinds(client_):
    assert make_document(client_, kind="fax").get_kind_display() == "Fax"
    assert Document(kind="unknown").get_kind_display() == "unknown"


def test_what_stands_in_a_paper_is_shown_as_text(at_ae, client_):
    make_document(client_, title="Contract", text="winter <script>alert(1)</script>")
    text = page(at_ae.get(FIND, {"q": "winter"}))
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;" in text


def test_another_clients_paper_is_not_there(at_ae, client_):
    make_document(make_client(name="驭澜汽车"), title="驭澜上市方案")
    answer = at_ae.get(FIND, {"q": "驭澜"})
    assert answer.context["found"].total == 0
    assert answer.context["meant"] == ""


def test_counts_beside_the_hits_narrow_them_and_let_go_again(at_ae, client_):
    make_document(client_, title="礼盒", kind="fax")
    make_document(client_, title="礼盒", kind="memo")
    answer = at_ae.get(FIND, {"q": "礼盒", "kind": "fax"})
    (link,) = [row for facet in answer.context["facets"] for row in facet.links if row[3]]
    assert answer.context["found"].total == 1
    assert at_ae.get(FIND + link[1]).context["found"].total == 2


def test_a_compartment_holds_its_kinds(at_ae, client_):
    make_document(client_, title="礼盒", kind="fax")
    make_document(client_, title="礼盒", kind="ad_file")
    assert at_ae.get(FIND, {"q": "礼盒", "part": "ads"}).context["found"].total == 1


@pytest.mark.parametrize(
    "asked",
    [{"client": "x"}, {"kind": "x"}, {"year": "9" * 30}, {"state": "'"}, {"page": "x"},
     {"page": "-1"}, {"page": "99999999999"}],
)  # fmt: skip
def test_nonsense_narrows_nothing(at_ae, client_, asked):
    make_document(client_, title="礼盒")
    page(at_ae.get(FIND, {"q": "礼盒", **asked}))


def test_more_than_a_page_is_turned(at_ae, client_):
    for number in range(21):
        make_document(client_, title="礼盒", content=b"%%PDF-1.7 %d" % number)
    first = at_ae.get(FIND, {"q": "礼盒"}).context
    second = at_ae.get(FIND + first["after"]).context
    assert (len(first["found"].hits), len(second["found"].hits)) == (20, 1)
    assert (first["before"], second["after"]) == ("", "")
    assert second["found"].total == 21


def test_a_misspelt_code_is_put_right(at_ae, client_):
    code = client_.code
    answer = at_ae.get(FIND, {"q": f"{code}X 礼盒"})
    assert answer.context["meant"] == f"{code} 礼盒"


def test_any_number_of_hits_costs_the_same(at_ae, client_):
    def count():
        with CaptureQueriesContext(connection) as asked:
            at_ae.get(FIND, {"q": "礼盒"})
        return len(asked)

    make_document(client_, title="礼盒")
    count()
    few = count()
    for number in range(5):
        make_document(client_, title="礼盒", content=b"%%PDF-1.7 %d" % number)
    assert count() == few <= 15


def test_the_box_of_the_frame_leads_here(at_ae):
    assert f'action="{FIND}"' in page(at_ae.get("/"))


# --- the stopwatch -------------------------------------------------------------------------------


def past(user, query, paper):
    now = timezone.now()
    FindSession.objects.create(
        user=user, started_at=now, last_at=now, query=query, results=1, opened=paper,
        opened_at=now, seconds=21, ended="opened",
    )  # fmt: skip


def test_a_search_on_the_page_is_timed_to_the_opened_paper(at_ae, client_):
    paper = make_document(client_, title="礼盒")
    answer = at_ae.get(FIND, {"q": "礼盒"}, headers={"X-Find-Elapsed": "5000"})
    link = f"{paper.get_absolute_url()}?find={answer.context['session'].pk}"
    assert link in page(answer)
    at_ae.get(link)
    assert FindSession.objects.get().seconds >= 5


@pytest.mark.parametrize("sent", ["x", "-1", "9" * 40, "1.5", ""])
def test_nonsense_about_the_first_key_is_no_time(sent, at_ae, client_):
    page(at_ae.get(FIND, {"q": "礼盒"}, headers={"X-Find-Elapsed": sent}))
    row = FindSession.objects.get()
    assert row.started_at == row.last_at


@pytest.mark.parametrize("find", ["x", "0", "9" * 30, "-1"])
def test_a_paper_opens_whatever_stands_behind_it(find, at_ae, client_):
    paper = make_document(client_)
    page(at_ae.get(f"{paper.get_absolute_url()}?find={find}"))


def test_looking_without_a_question_is_no_search(at_ae, client_):
    make_document(client_, kind="fax")
    page(at_ae.get(FIND, {"kind": "fax"}))
    assert not FindSession.objects.exists()


def test_ones_own_figures_and_those_of_the_people_below(client, ae, am, client_):
    client.force_login(am)
    past(ae, "样片编号", make_document(client_))
    past(make_user(), "别家的问题", make_document(client_, title="B"))
    text = page(client.get(FIGURES))
    assert "样片编号" in text
    assert "别家的问题" not in text
