"""Rows that are not there yet: several at once, and which of them were new."""

import pytest

from agency.common.models import Notification, OutboxMail
from agency.common.services.outbox import mail_draft
from agency.common.services.rows import insert_new, insert_paired
from tests.builders import make_user, when

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


def notice(key, user):
    return Notification(key=key, recipient=user, kind="x", label="x", created_at=AT)


def test_pairs_come_in_one_statement_and_only_with_new_rows(django_assert_num_queries):
    user = make_user()
    insert_new([notice("b", user)])
    with django_assert_num_queries(1):
        fresh, lone = insert_paired(
            [notice(key, user) for key in "abc"], [mail(key) for key in "abc"], "mail"
        )
    assert [row.mail for row in fresh] == list(OutboxMail.objects.order_by("key"))
    kept = Notification.objects.filter(mail__isnull=False).order_by("key")
    assert [(row.key, row.mail.key) for row in kept] == [("a", "a"), ("c", "c")]
    assert (lone, OutboxMail.objects.count()) == ([], 2)


def test_a_pair_whose_other_was_there_is_told_of():
    insert_new([mail("a")])
    fresh, lone = insert_paired([notice("a", make_user())], [mail("a")], "mail")
    assert (fresh, fresh[0].mail) == (lone, None)
    Notification.objects.update(mail=OutboxMail.objects.get())
