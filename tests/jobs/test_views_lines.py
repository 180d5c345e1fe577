"""One line of a draft at a time: by the script a small part, without it a page; nothing lost."""

import pytest
from django.urls import reverse

from accounts.models import AgencySettings
from jobs.forms.estimate import LineEditForm
from jobs.models import EstimateLine
from jobs.services import lines as lines_service
from jobs.views.drawn import Choices
from tests.builders import make_user
from tests.jobs import make
from tests.jobs.drafts import D, change_order, fresh
from tests.jobs.make import NOW
from tests.meetings.pages import Fields, fields_of, text_of

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
TYPED = {"text": "Printing", "unit": "copies", "quantity": "5000", "unit_cost": "1.2360",
         "vat_rate": "0.1300", "group": "Print", "markup_rate": "17.65"}  # fmt: skip


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


def url(name, row):
    return reverse(f"jobs:{name}", args=[row.pk])


def typed_in(part):
    """The fields of a part of a page."""
    page = Fields()
    page.feed(part.content.decode())
    return page.data


def add_line(desk, draft, script=HTMX, **typed):
    page = fields_of(desk.get(url("line_create", draft)))
    return desk.post(url("line_create", draft), {**page, **TYPED, **typed}, **script)


def change(desk, line, script=HTMX, **typed):
    page = fields_of(desk.get(url("line_save", line)))
    return desk.post(url("line_save", line), {**page, **typed}, **script)


def test_new_line_by_the_script(desk, draft, add):
    add(text="First", group="Shooting")
    answer = add_line(desk, draft)
    page = answer.content.decode()
    line = draft.lines.get(text="Printing")
    assert (answer.status_code, line.price, line.position) == (200, D("7270.77"), 2)
    assert 'hx-swap-oob="beforeend:#lines"' in page
    assert f'id="line-{line.pk}"' in page
    assert '<tfoot class="sums" id="sums" hx-swap-oob="true">' in page
    assert "8,215.97" in page
    assert answer["HX-Trigger"] == "lines-changed"
    data = typed_in(answer)
    assert (data["text"], data["group"], data["unit"], data["vat_rate"]) == (
        "", "Print", "copies", "0.1300",
    )  # fmt: skip
    assert "<html" not in page


def test_group_is_headed_once(desk, draft):
    assert ">Print</th>" in add_line(desk, draft).content.decode()
    assert ">Print</th>" not in add_line(desk, draft, text="Paper").content.decode()


def test_new_line_without_the_script(desk, draft):
    answer = add_line(desk, draft, script={})
    assert (answer.status_code, answer.url) == (302, url("estimate_update", draft))
    assert draft.lines.get().text == "Printing"


def test_the_same_form_twice_is_one_line(desk, draft):
    page = fields_of(desk.get(url("line_create", draft)))
    for _twice in range(2):
        answer = desk.post(url("line_create", draft), {**page, **TYPED}, **HTMX)
        assert answer.status_code == 200
    assert draft.lines.count() == 1


def test_fixed_price_needs_no_cost(desk, draft):
    add_line(desk, draft, unit_cost="", fixed_price="2000", quantity="3")
    line = draft.lines.get()
    assert (line.cost, line.price) == (D("0.00"), D("6000.00"))
    answer = add_line(desk, draft, unit_cost="")
    assert answer.context["form"].errors["unit_cost"] == [
        "Please enter the cost, or a fixed price."
    ]


@pytest.mark.parametrize(
    ("option", "is_optional", "chosen"),
    [("", False, True), ("chosen", True, True), ("open", True, False)],
)
def test_options(desk, draft, option, is_optional, chosen):
    add_line(desk, draft, option=option)
    line = draft.lines.get()
    assert (line.is_optional, line.chosen) == (is_optional, chosen)
    assert fields_of(desk.get(url("line_save", line)))["option"] == option


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("text", ""), ("text", "x" * 201), ("text", "a\x01b"), ("text", "two\nlines"),
        ("group", "x" * 61), ("unit", ""), ("unit", "x" * 21),
        ("quantity", "0"), ("quantity", "-1"), ("quantity", "many"), ("quantity", "1.2345"),
        ("quantity", "9999999999"), ("quantity", "NaN"), ("quantity", "Infinity"),
        ("quantity", "9e999999"), ("quantity", ""),
        ("unit_cost", "-1"), ("unit_cost", "99999999999"), ("unit_cost", "1.23456"),
        ("markup_rate", "-1"), ("markup_rate", "10000"), ("markup_rate", "x"),
        ("fixed_price", "-1"), ("fixed_price", "x"),
        ("vat_rate", "0.07"), ("vat_rate", ""), ("option", "x"),
        ("deliverable", "999999"), ("deliverable", "x"), ("supplier", "999999"),
    ],
)  # fmt: skip
def test_what_no_line_can_hold(desk, draft, name, typed):
    answer = add_line(desk, draft, **{name: typed})
    assert answer.status_code == 422
    assert name in answer.context["form"].errors
    assert not draft.lines.exists()
    kept = typed_in(answer)
    assert kept["text" if name != "text" else "unit"]


def test_amount_too_large(desk, draft):
    answer = add_line(desk, draft, quantity="999999999", unit_cost="9999999999")
    assert answer.status_code == 422
    assert "The amount of this line is too large to be kept." in text_of(answer)


@pytest.mark.rule("R60")
def test_negative_line_of_a_change_order(desk, draft, ae):
    order = change_order(draft, ae)
    assert add_line(desk, order, unit_cost="-1").status_code == 200
    assert order.lines.get().price == D("-5882.50")


def test_line_changed_by_the_script(desk, add):
    line = add(unit_cost=D(100))
    part = desk.get(url("line_save", line), **HTMX).content.decode()
    assert part.strip().startswith("<tr id=")
    assert 'value="100"' in part
    answer = change(desk, line, quantity="3")
    assert answer.status_code == 200
    assert "374.13" in answer.content.decode()
    assert fresh(line).quantity == 3


def test_cancelled_change_draws_the_row(desk, add):
    line = add(unit_cost=D(100))
    part = desk.get(f"{url('line_save', line)}?shown", **HTMX).content.decode()
    assert part.strip().startswith("<tr id=")
    assert "117.65" in part
    assert "<form" not in part


def test_new_group_draws_all_lines(desk, add):
    line = add(group="One")
    add(text="Other", group="One")
    answer = change(desk, line, group="Two")
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#lines", "innerHTML")
    page = answer.content.decode()
    assert ">Two</th>" in page
    assert ">One</th>" in page


def test_saved_or_cancelled_line_does_not_head_its_group_again(desk, add):
    line = add(group="One")
    shown = desk.get(f"{url('line_save', line)}?shown", **HTMX).content.decode()
    saved = change(desk, line, quantity="3").content.decode()
    again = change(desk, line).content.decode()
    for page in (shown, saved, again):
        assert f'id="line-{line.pk}"' in page
        assert ">One</th>" not in page


@pytest.mark.parametrize("typed", [{"quantity": "3"}, {"quantity": "many"}])
def test_who_may_not_write_is_refused_whatever_he_sends(client, desk, add, typed):
    line = add()
    page = fields_of(desk.get(url("line_save", line)))
    client.force_login(make_user(role="finance"))
    assert client.post(url("line_save", line), {**page, **typed}, **HTMX).status_code == 403
    new = client.post(url("line_create", line.estimate), {**TYPED, **typed}, **HTMX)
    assert (new.status_code, fresh(line).quantity) == (403, line.quantity)


def test_line_changed_without_the_script(desk, draft, add):
    line = add()
    assert change(desk, line, script={}, text="Other").url == url("estimate_update", draft)
    assert fresh(line).text == "Other"


@pytest.mark.parametrize("script", [HTMX, {}])
def test_line_changed_by_somebody_else(desk, add, am, script):
    line = add(unit_cost=D(100))
    page = fields_of(desk.get(url("line_save", line)))
    add(line=line, by=am, quantity=D(9))
    answer = desk.post(url("line_save", line), {**page, "text": "Mine", "quantity": "3"}, **script)
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert fresh(line).quantity == 9
    if script:
        assert "Stored now: Photographer, 9 days, 1,058.85." in text_of(answer)
        again = typed_in(answer)
        assert desk.post(url("line_save", line), again, **HTMX).status_code == 200
        assert fresh(line).text == "Mine"


def test_line_dropped_by_somebody_else(desk, add, ae):
    line = add()
    page = fields_of(desk.get(url("line_save", line)))
    lines_service.delete_line(line=line, by=ae, at=NOW)
    assert desk.post(url("line_save", line), page, **HTMX).status_code == 404


@pytest.mark.rule("R56")
def test_line_of_what_was_submitted_meanwhile(desk, draft, add):
    line = add(unit_cost=D(100))
    changed = fields_of(desk.get(url("line_save", line)))
    new = fields_of(desk.get(url("line_create", draft)))
    make.pass_to(fresh(draft), "submitted")
    for name, row, page in (("line_save", line, changed), ("line_create", draft, new)):
        answer = desk.post(url(name, row), {**page, **TYPED}, **HTMX)
        assert answer.status_code == 422
        assert "Not possible: this is “With the account manager” already." in text_of(answer)
    assert EstimateLine.objects.get().text == "Photographer"


def test_line_moved_and_dropped(desk, draft, add):
    first, second = add(text="One"), add(text="Two")
    page = fields_of(desk.get(url("line_move", second)))
    assert desk.post(url("line_move", second), page).url.endswith(f"#line-{second.pk}")
    assert [line.text for line in draft.lines.all()] == ["Two", "One"]
    desk.post(url("line_move", second), {**page, "down": "1"})
    assert [line.text for line in draft.lines.all()] == ["One", "Two"]
    desk.post(url("line_delete", first), fields_of(desk.get(url("line_delete", first))))
    assert draft.lines.get() == second


def test_a_line_is_a_small_request(desk, draft, add, django_assert_max_num_queries):
    line = add(unit_cost=D(100))
    for _line in range(30):
        add(unit_cost=D(10))
    old = fields_of(desk.get(url("line_save", line)))
    thing, supplier = make.make_deliverable(draft.job), make.make_supplier()
    new = fields_of(desk.get(url("line_create", draft)))
    new |= TYPED | {"deliverable": thing.pk, "supplier": supplier.pk}
    with django_assert_max_num_queries(12):
        answer = desk.post(url("line_save", line), {**old, "quantity": "3"}, **HTMX)
    assert len(answer.content) < 6000
    with django_assert_max_num_queries(15):
        assert desk.post(url("line_create", draft), new, **HTMX).status_code == 200
    assert draft.lines.filter(deliverable=thing, supplier=supplier).count() == 1


def test_what_is_not_chosen_is_not_asked_for(desk, draft, add, django_assert_num_queries):
    choices = Choices(draft)
    form = LineEditForm(TYPED | {"row_version": "1"}, choices=choices, row_version=1)
    with django_assert_num_queries(0):
        assert form.is_valid(), form.errors
    supplier = make.make_supplier()
    form = LineEditForm(TYPED | {"supplier": supplier.pk}, choices=choices, row_version=1)
    with django_assert_num_queries(1):
        form.is_valid()
    assert form.cleaned_data["supplier"] == supplier
    assert supplier.name in str(form["supplier"])


def test_a_rate_of_its_own_stays_with_the_line(desk, add):
    line = add(unit_cost=D(100), vat_rate=D("0.0310"))
    assert change(desk, line, quantity="3").status_code == 200
    assert (fresh(line).quantity, fresh(line).vat_rate) == (3, D("0.0310"))


def test_a_dear_line_says_what_it_lacks_above_the_limit_of_the_house(desk, add):
    line = add(unit_cost=D(100))
    assert "quotes-lack" not in change(desk, line, quantity="2").content.decode()
    AgencySettings.load()
    AgencySettings.objects.update(quotes_above=D(50))
    assert "quotes-lack" in change(desk, line, quantity="3").content.decode()
