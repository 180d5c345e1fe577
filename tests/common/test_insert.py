"""Rows that are not there yet: several at once, and which of them were new."""

import pytest

from agency.common.models import OutboxMail
from agency.common.services.outbox import mail_draft
from agency.common.services.rows import insert_new
from tests.builders import when

pytestmark = pytest.mark.django_db
AT = when("2026-11-20 11:00")


def mail(key):
    return mail_draft(key=key, to="a@x.example", subject="x", text="x", at=AT)


def test_new_rows_come_back_with_their_id_in_order():
    insert_new([mail("b")])
    found = insert_new([mail("a"), mail("b"), mail("c")])
    assert [row.key for row in found] == ["a", "c"]
    assert [row.pk for row in found] == [OutboxMail.objects.get(key=key).pk for key in "ac"]


def test_the_same_key_twice_is_one_row(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = insert_new([mail("a"), mail("a")])
    assert (len(found), OutboxMail.objects.count()) == (1, 1)


def test_nothing_to_insert_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_new([]) == []
