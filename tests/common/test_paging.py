"""Long lists: pages from the end, and a number that is not counted anew each time."""

import pytest
from django.core.cache import cache
from django.core.paginator import UnorderedObjectListWarning

from agency.common import paging
from agency.common.models import Sequence
from agency.common.paging import LongPaginator

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(monkeypatch):
    monkeypatch.setattr(paging, "MANY", 5)
    cache.clear()
    Sequence.objects.bulk_create(Sequence(key=f"paging {n:02d}", last=n) for n in range(23))
    return Sequence.objects.filter(key__startswith="paging").order_by("last", "pk")


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_every_page_holds_its_rows_in_order(rows, number):
    page = LongPaginator(rows, 5).page(number)
    first = (number - 1) * 5
    assert [row.last for row in page.object_list] == list(range(23))[first : first + 5]


def test_the_last_page_is_read_from_the_end(rows, django_assert_num_queries):
    paginator = LongPaginator(rows, 5)
    assert paginator.num_pages == 5
    with django_assert_num_queries(1) as seen:
        assert [row.last for row in paginator.page(5)] == [20, 21, 22]
    assert "DESC" in seen.captured_queries[0]["sql"]
    assert "OFFSET" not in seen.captured_queries[0]["sql"]


def test_many_rows_are_counted_once_in_a_while(rows, django_assert_num_queries):
    assert LongPaginator(rows, 5).count == 23
    with django_assert_num_queries(0):
        assert LongPaginator(rows, 5).count == 23
    assert LongPaginator(rows.filter(last__lt=7), 5).count == 7


def test_few_rows_are_counted_each_time(rows):
    few = rows.filter(last__lt=4)
    assert LongPaginator(few, 5).count == 4
    Sequence.objects.create(key="paging new", last=0)
    assert LongPaginator(few, 5).count == 5


def test_no_rows_are_one_empty_page(rows):
    page = LongPaginator(rows.none(), 5).get_page("7")
    assert (list(page.object_list), page.number, page.paginator.count) == ([], 1, 0)


def test_a_plain_list_has_pages_too(rows):
    page = LongPaginator(list(range(23)), 5).page(5)
    assert (page.object_list, page.paginator.count) == ([20, 21, 22], 23)


def test_rows_without_an_order_are_read_from_the_front(rows, django_assert_num_queries):
    with pytest.warns(UnorderedObjectListWarning):
        paginator = LongPaginator(rows.order_by(), 5)
    with django_assert_num_queries(2) as seen:
        assert len(list(paginator.page(5))) == 3
    assert "OFFSET 20" in seen.captured_queries[1]["sql"]
