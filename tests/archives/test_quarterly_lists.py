"""Lists of observations and quarterly reports: each filter, in time or not, sheets (R48, 6.8)."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from archives.models import Competitor, QuarterlyReport
from archives.reports import quarterly as reports
from archives.services import observations
from tests.archives import quarters
from tests.archives.quarters import DUE, IN_TIME, LATE, SEEN_ON, make_quarterly, see
from tests.builders import assign, from_kept, make_brand, make_client, make_user, when
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R48")]
customer, other, brand, rival, ae = from_kept("customer", "other", "brand", "rival", "ae")
NOW = when("2026-11-30 12:00")


def make_kept():
    """Two clients of one AE: what was seen of the one's competitor, and of the other's market."""
    world = quarters.make_world()
    ae, rival = world["ae"], world["rival"]
    other = make_client("OT", team=[ae])
    see(rival, ae, text="Film on air", kind="campaign")
    see(rival, ae, text="Price cut", kind="price", on=date(2026, 9, 1), paper=False)
    observations.add_observation(
        brand=make_brand(other, name="Tea"), on=date(2026, 5, 5), kind="market", text="Tea grew",
        source="Panel", by=ae, at=IN_TIME,
    )  # fmt: skip
    return {**world, "customer": world["client"], "other": other}


def seen(page, **asked):
    """The texts of the rows that the list shows."""
    answer = page.get(reverse("archives:observation_list"), asked)
    return [row.text for row in answer.context["rows"]]


def rows_of(page, name, **asked):
    """The rows of the sheet, without its heads."""
    answer = page.get(reverse(f"archives:{name}"), {**asked, "format": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content)
                                  if answer.streaming else answer.content)).active  # fmt: skip
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


# --- observations -------------------------------------------------------------------------------


def test_newest_first_of_all_clients_one_serves(ae, sign_in):
    assert seen(sign_in(ae)) == ["Price cut", "Film on air", "Tea grew"]


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ({"kind": "price"}, ["Price cut"]),
        ({"kind": "press"}, []),
        ({"since": "2026-08-20"}, ["Price cut", "Film on air"]),
        ({"since": "2026-08-21"}, ["Price cut"]),
        ({"until": "2026-08-20"}, ["Film on air", "Tea grew"]),
        ({"since": "2026-05-05", "until": "2026-05-05"}, ["Tea grew"]),
        ({"evidence": "yes"}, ["Film on air"]),
        ({"evidence": "no"}, ["Price cut", "Tea grew"]),
        ({"sort": "on"}, ["Tea grew", "Film on air", "Price cut"]),
        ({"sort": "spend"}, ["Film on air", "Price cut", "Tea grew"]),
        ({"kind": "nonsense"}, ["Price cut", "Film on air", "Tea grew"]),
        ({"sort": "nonsense"}, ["Price cut", "Film on air", "Tea grew"]),
    ],
)
def test_each_filter_narrows(ae, sign_in, asked, texts):
    assert sorted(seen(sign_in(ae), **asked)) == sorted(texts)
    if "sort" in asked and asked["sort"] == "on":
        assert seen(sign_in(ae), **asked) == texts


def test_by_client_brand_and_competitor(customer, other, brand, rival, ae, sign_in):
    page = sign_in(ae)
    assert seen(page, client=other.pk) == ["Tea grew"]
    assert seen(page, brand=brand.pk) == ["Price cut", "Film on air"]
    assert seen(page, competitor=rival.pk) == ["Price cut", "Film on air"]
    assert seen(page, client=customer.pk, kind="market") == []


def test_nobody_is_offered_anothers_clients_brands_or_competitors(ae, sign_in):
    foreign = Competitor.objects.create(brand=make_brand(make_client()), name="Foreign")
    form = sign_in(ae).get(reverse("archives:observation_list")).context["filters"]
    assert foreign not in form.fields["competitor"].queryset
    assert foreign.brand not in form.fields["brand"].queryset
    assert foreign.brand.client not in form.fields["client"].queryset


def test_a_department_reads_and_is_offered_no_button(customer, sign_in):
    artist = make_user(role="department")
    assign(customer, artist)
    answer = sign_in(artist).get(reverse("archives:observation_list"))
    assert [row.text for row in answer.context["rows"]] == ["Price cut", "Film on air"]
    assert reverse("archives:observation_create") not in [
        url for _word, url in answer.context["acts"]
    ]


def test_the_sheet_holds_the_same_rows(ae, sign_in):
    rows = rows_of(sign_in(ae), "observation_list", kind="campaign")
    assert [row for row in rows if row and "Film on air" in row]
    assert not [row for row in rows if row and "Tea grew" in row]


def test_an_empty_list_says_what_to_note(sign_in):
    lonely = make_user()
    make_client(team=[lonely])
    assert "No observations yet" in text_of(
        sign_in(lonely).get(reverse("archives:observation_list"))
    )


# --- one observation ----------------------------------------------------------------------------


def test_its_page_names_paper_and_report(customer, rival, ae, sign_in):
    report = quarters.draft(customer)
    row = rival.observations.get(text="Film on air")
    text = text_of(sign_in(ae).get(row.get_absolute_url()))
    for words in ("Film on air", "CCTV-1", "Film, still", str(report), "1,200,000.00"):
        assert words in text


def test_without_evidence_its_page_says_so(rival, ae, sign_in):
    row = rival.observations.get(text="Price cut")
    assert "Nothing shows it" in text_of(sign_in(ae).get(row.get_absolute_url()))


@pytest.mark.parametrize("name", ["observation_update", "observation_remove"])
def test_named_by_a_submitted_report_it_is_not_offered_to_be_changed(
    customer, rival, ae, sign_in, name
):
    row = rival.observations.get(text="Film on air")
    page, url = sign_in(ae), reverse(f"archives:{name}", args=[row.pk])
    assert url in page.get(row.get_absolute_url()).content.decode()
    quarters.submitted(customer, ae)
    assert url not in page.get(row.get_absolute_url()).content.decode()


def test_a_client_without_a_brand_is_told_to_enter_one(ae, sign_in):
    bare = make_client("BR", team=[ae])
    answer = sign_in(ae).get(reverse("archives:observation_create"), {"client": bare.pk})
    assert "No brand yet" in text_of(answer)


def test_with_several_clients_the_page_asks_which(customer, ae, sign_in):
    page, url = sign_in(ae), reverse("archives:observation_create")
    assert page.get(url).context["pick"] is not None
    assert page.get(url, {"client": customer.pk}).context["pick"] is None
    assert page.get(url, {"client": "999999"}).status_code == 404


def test_the_report_leads_to_a_note_of_its_competitor(customer, rival, ae, sign_in):
    url = reverse("archives:observation_create")
    asked = {"client": customer.pk, "about": f"c{rival.pk}"}
    form = sign_in(ae).get(url, asked).context["form"]
    assert form["about"].value() == f"c{rival.pk}"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"about": "c999999"}, "about"),
        ({"about": ""}, "about"),
        ({"on": ""}, "on"),
        ({"on": "yesterday"}, "on"),
        ({"on": "1700-01-01"}, "on"),
        ({"kind": "rumour"}, "kind"),
        ({"text": ""}, "text"),
        ({"source": ""}, "source"),
        ({"source": "two\nlines"}, "source"),
        ({"spend": "-1"}, "spend"),
        ({"spend": "much"}, "spend"),
        ({"shown": "d999999"}, "shown"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(customer, rival, ae, sign_in, typed, field):
    facts = {"about": f"c{rival.pk}", "on": f"{SEEN_ON}", "kind": "price", "text": "Cheap",
             "source": "Shelf", "form_key": "00000000-0000-4000-8000-000000000001"}  # fmt: skip
    url = f"{reverse('archives:observation_create')}?client={customer.pk}"
    answer = sign_in(ae).post(url, {**facts, **typed})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


# --- quarterly reports --------------------------------------------------------------------------


def make_reports(customer, other, ae):
    """In time, late, and one still to be written, of two clients."""
    make_quarterly(customer, "issued", ae, quarter=1)
    late = make_quarterly(customer, "issued", ae, quarter=2)
    QuarterlyReport.objects.filter(pk=late.pk).update(issued_at=LATE)
    make_quarterly(other, quarter=3)


def listed(page, **asked):
    answer = page.get(reverse("archives:quarterly_list"), asked)
    return [(row.client.code, row.quarter) for row in answer.context["rows"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [("OT", 3), ("LM", 2), ("LM", 1)]),
        ({"sort": "quarter"}, [("LM", 1), ("LM", 2), ("OT", 3)]),
        ({"state": "issued"}, [("LM", 2), ("LM", 1)]),
        ({"state": "waiting"}, [("OT", 3)]),
        ({"state": "signed"}, []),
        ({"punctual": "yes"}, [("LM", 1)]),
        ({"punctual": "no"}, [("OT", 3), ("LM", 2)]),
        ({"since": "2026-06-30"}, [("OT", 3), ("LM", 2)]),
        ({"since": "2026-07-01"}, [("OT", 3)]),
        ({"until": "2026-04-01"}, [("LM", 2), ("LM", 1)]),
        ({"since": "2026-04-01", "until": "2026-06-30"}, [("LM", 2)]),
        ({"author": "0"}, [("OT", 3)]),
        ({"due": "on"}, [("OT", 3), ("LM", 2), ("LM", 1)]),
        ({"due_since": "2026-10-11"}, []),
        ({"due_until": "2026-10-09"}, []),
        ({"due_since": "2026-10-10", "due_until": "2026-10-10", "state": "waiting"}, [("OT", 3)]),
    ],
)
def test_quarterly_reports_are_narrowed(customer, other, ae, sign_in, asked, found):
    make_reports(customer, other, ae)
    assert listed(sign_in(ae), **asked) == found


def test_by_client_and_author(customer, other, ae, sign_in):
    make_reports(customer, other, ae)
    page = sign_in(ae)
    assert listed(page, client=other.pk) == [("OT", 3)]
    assert listed(page, author=ae.pk) == [("LM", 2), ("LM", 1)]


def test_a_department_sees_none(customer, other, ae, sign_in):
    make_reports(customer, other, ae)
    artist = make_user(role="department")
    assign(customer, artist)
    assert listed(sign_in(artist)) == []


def test_the_sheet_of_reports_says_who_was_in_time(customer, other, ae, sign_in):
    make_reports(customer, other, ae)
    words = [cell for row in rows_of(sign_in(ae), "quarterly_list") for cell in row]
    assert words.count("Late") == 2
    assert words.count("In time") >= 1


@pytest.mark.parametrize(
    ("since", "until", "missed"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), {"LM": 1, "OT": 1}),
        (date(2026, 10, 11), date(2026, 10, 31), {}),
        (date(2026, 10, 1), date(2026, 10, 9), {}),
    ],
)
def test_what_was_missed_counts_by_client(customer, other, ae, since, until, missed):
    make_reports(customer, other, ae)
    clients = {customer.pk: "LM", other.pk: "OT"}
    found = reports.missed(ae, NOW, since, until)
    assert {clients[pk]: count for pk, count in found.items()} == missed


def test_not_yet_due_nothing_is_missed(customer, other, ae):
    make_reports(customer, other, ae)
    found = reports.missed(ae, DUE, date(2026, 10, 1), date(2026, 10, 31))
    assert found == {customer.pk: 1}


# --- the way to them ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees"),
    [("ae", True), ("am", True), ("finance", True), ("management", True), ("department", False)],
)
def test_the_tabs_of_the_archive_lead_to_both_lists(customer, sign_in, role, sees):
    person = make_user(role=role)
    if role not in ("finance", "management"):
        assign(customer, person)
    text = sign_in(person).get(reverse("archives:observation_list")).content.decode()
    tabs = text[text.index('class="tabs') : text.index("</nav>", text.index('class="tabs'))]
    assert (reverse("archives:quarterly_list") in tabs) is sees
    assert reverse("archives:observation_list") in tabs


def test_the_clients_page_shows_its_newest_report(customer, ae, sign_in):
    page, url = sign_in(ae), reverse("accounts:client_detail", args=[customer.pk])
    assert (
        f"{reverse('archives:quarterly_list')}?client={customer.pk}"
        in page.get(url).content.decode()
    )
    make_quarterly(customer, "issued", ae, quarter=2)
    newest = make_quarterly(customer, quarter=3)
    answer = page.get(url)
    assert newest.get_absolute_url() in answer.content.decode()
    assert "2026-Q3" in text_of(answer)
