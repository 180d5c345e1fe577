"""Pages of suggestions: what each state offers, whose they are, what the list counts (R76)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agency.common.models import AuditEntry
from jobs.models import Suggestion
from tests.archives.papers import page
from tests.budgets.business import D
from tests.builders import from_kept, make_brand, make_client, make_user
from tests.jobs.make import NOW, make_job
from tests.jobs.suggestions import WHY, create, decide, job_of, propose
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R76")]
TODAY = NOW.date()
KEY = "6f1f0d6c-5c0e-4c57-9a52-8f2f5a5f0077"


def make_kept():
    ae = make_user(role="ae")
    return {
        "ae": ae, "account": make_client("LM", team=[ae]), "boss": make_user(role="management"),
    }  # fmt: skip


ae, account, boss = from_kept("ae", "account", "boss")


def address(name, row=None, query=""):
    return reverse(f"jobs:suggestion_{name}", args=[row.pk] if row else []) + query


def acts(browser, row):
    text = page(browser.get(address("detail", row)))
    names = ("propose", "decide", "job", "update")
    return {name for name in names if f'href="{address(name, row)}"' in text}


def test_each_state_offers_the_next_step(sign_in, account, ae):
    browser, row = sign_in(ae), create(account, ae)
    assert acts(browser, row) == {"propose", "update"}
    propose(row, ae)
    assert acts(browser, row) == {"decide", "update"}
    decide(row, ae)
    assert acts(browser, row) == {"job"}
    job_of(row, ae, title="Tin", due_on=TODAY)
    assert acts(browser, row) == set()


def test_management_reads_and_does_nothing(sign_in, account, ae, boss):
    row = create(account, ae)
    browser = sign_in(boss)
    assert acts(browser, row) == set()
    assert "New suggestion" not in page(browser.get(address("list")))


def test_a_long_idea_stands_whole_on_its_page_and_short_in_lists(sign_in, account, ae):
    row = create(account, ae, idea="A tin.\n" + "Spring tea " * 20)
    assert str(row) == "A tin. Spring tea Spring tea Spring tea Spring tea Spring te…"
    text = text_of(sign_in(ae).get(address("detail", row)))
    assert text.count("Spring tea") > 20


def test_what_the_client_said_and_the_job_stand_there(sign_in, account, ae):
    browser = sign_in(ae)
    said = decide(propose(create(account, ae), ae), ae, "declined", result=WHY)
    assert WHY in text_of(browser.get(address("detail", said)))
    begun = decide(propose(create(account, ae, value=D("5000")), ae), ae)
    job_of(begun, ae, title="Spring tin", due_on=TODAY)
    text = text_of(browser.get(address("detail", begun)))
    assert "Spring tin" in text
    assert "¥5,000.00" in text


def test_first_the_client_then_the_idea_with_the_clients_brands(sign_in, account, ae):
    make_client(team=[ae])
    brand, other = make_brand(account), make_brand(make_client())
    browser = sign_in(ae)
    assert "First the client" in page(browser.get(address("create")))
    form = browser.get(address("create", query=f"?client={account.pk}")).context["form"]
    assert brand in form.fields["brand"].queryset
    assert other not in form.fields["brand"].queryset


def test_the_same_form_twice_makes_one(sign_in, account, ae):
    browser = sign_in(ae)
    typed = {"idea": "A tin", "origin": "press", "form_key": KEY}
    for _number in range(2):
        browser.post(address("create", query=f"?client={account.pk}"), typed)
    assert Suggestion.objects.count() == 1
    assert AuditEntry.objects.filter(verb="create_suggestion").count() == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"outcome": "declined", "result": "no", "decided_on": "2026-11-19"}, "result"),
        ({"outcome": "accepted", "decided_on": "2026-11-18"}, "decided_on"),
        ({"outcome": "accepted", "decided_on": "2099-01-01"}, "decided_on"),
        ({"outcome": "idea", "decided_on": "2026-11-19"}, "outcome"),
    ],
)
def test_the_decision_refuses_at_its_field(sign_in, account, ae, sent, field):
    row = propose(create(account, ae), ae)
    answer = sign_in(ae).post(address("decide", row), {**sent, "row_version": 1})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_job_is_chosen_among_those_at_work_that_came_of_nothing_else(sign_in, account, ae):
    free, ended = make_job(account, ae, title="Free"), make_job(account, ae, state="closed")
    taken = decide(propose(create(account, ae), ae), ae)
    job_of(taken, ae, job=make_job(account, ae, title="Taken"))
    row = decide(propose(create(account, ae), ae), ae)
    form = sign_in(ae).get(address("job", row)).context["form"]
    assert (list(form.fields["job"].queryset), form.initial["title"]) == ([free], str(row))
    assert ended not in form.fields["job"].queryset


def test_a_suggestion_without_title_or_day_is_no_job_yet(sign_in, account, ae):
    row = decide(propose(create(account, ae), ae), ae)
    answer = sign_in(ae).post(
        address("job", row), {"title": "Tin", "kind": "production", "row_version": 2}
    )
    assert answer.status_code == 422
    assert "title and a due date" in text_of(answer)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?state=idea", 1),
        ("?state=accepted", 1),
        ("?state=jobless", 1),
        ("?state=declined", 1),
        ("?origin=press", 0),
        ("?q=gift tin", 3),
        ("?q=gift poster", 0),
    ],
)
def test_the_list_and_its_filters(sign_in, account, ae, query, found):
    create(account, ae)
    decide(propose(create(account, ae), ae), ae)
    decide(propose(create(account, ae), ae), ae, "declined", result=WHY)
    rows = sign_in(ae).get(address("list", query=query)).context["rows"]
    assert len(rows) == found


def test_what_was_accepted_is_summed_by_currency(sign_in, account, ae):
    abroad = make_client(team=[ae], currency="EUR")
    for client, value in ((account, "80000"), (account, "1000.50"), (abroad, "700")):
        decide(propose(create(client, ae, value=D(value)), ae), ae)
    create(account, ae, value=D("9"))
    page = sign_in(ae).get(address("list"))
    assert page.context["worth"] == ["¥81,000.50", "€700.00"]
    assert page.context["counts"] == [("Idea", 1), ("Accepted", 3)]


def test_the_clients_page_shows_the_newest_five(sign_in, account, ae):
    for number in range(6):
        create(account, ae, at=NOW + timedelta(hours=number), idea=f"Idea {number}.")
    text = text_of(sign_in(ae).get(account.get_absolute_url()))
    assert [number for number in range(6) if f"Idea {number}." in text] == [1, 2, 3, 4, 5]


def test_each_page_says_of_which_suggestion_it_is(sign_in, account, ae):
    row, browser = create(account, ae), sign_in(ae)
    steps = (("propose", propose), ("decide", decide), ("job", None))
    for name, step in steps:
        assert "A gift tin for spring tea" in text_of(browser.get(address(name, row)))
        row = step(row, ae) if step else row
