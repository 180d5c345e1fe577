"""Columns: one description for page and sheet."""

from types import SimpleNamespace

from django.http import QueryDict

from agency.common.tables import Column, cells, headings, reach


def test_reach_follows_attributes_methods_and_keys():
    row = SimpleNamespace(client=SimpleNamespace(name="Greenwheat"), get_state=lambda: "Issued")
    assert reach(row, "client.name") == "Greenwheat"
    assert reach(row, "get_state") == "Issued"
    assert reach({"client": {"code": "LM"}}, "client.code") == "LM"
    assert reach(SimpleNamespace(client=None), "client.name") is None


def test_column_of_a_function_and_its_address():
    row = SimpleNamespace(pk=3, get_absolute_url=lambda: "/rows/3/")
    assert Column("Number", lambda found: found.pk * 2, "number").of(row) == 6
    assert Column("Number", "pk", url=True).address(row) == "/rows/3/"
    assert Column("Number", "pk", url=lambda found: f"/x/{found.pk}/").address(row) == "/x/3/"
    assert Column("Number", "pk").address(row) == ""


def test_cells_come_in_order_with_tone_and_second_line():
    columns = [Column("A", "a", small=lambda row: "note"), Column("B", "b", tone=lambda row: "red")]
    one, two = cells(columns, {"a": 1, "b": 2})
    assert (one.value, one.small, two.value, two.tone) == (1, "note", 2, "red")


def test_head_links_to_its_order_and_then_to_the_reverse():
    columns = [Column("Name", "name", sort="name"), Column("Sum", "sum", "money")]
    query = QueryDict("q=x&page=4&sort=name")
    name, total = headings(columns, "name", query)
    assert (name["order"], name["url"]) == ("ascending", "?q=x&sort=-name")
    assert (total["url"], total["is_number"]) == ("", True)
    (name, _total) = headings(columns, "-name", query)
    assert (name["order"], name["url"]) == ("descending", "?q=x&sort=name")
