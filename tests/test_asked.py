"""New rows of a client: who has several is asked for which one, on every such page."""

import pytest
from django.urls import get_resolver, reverse

from accounts.views.asked import ClientAsked
from tests.builders import make_client, make_user

pytestmark = pytest.mark.django_db


def pages(patterns, space=""):
    """Names of the addresses whose page asks for the client."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from pages(pattern.url_patterns, pattern.namespace or space)
        elif issubclass(getattr(pattern.callback, "view_class", object), ClientAsked):
            yield f"{space}:{pattern.name}" if space else pattern.name


PAGES = sorted(pages(get_resolver().url_patterns))


def address(name):
    return reverse(name, args=["agenda"] if name == "kit_fill" else [])


@pytest.mark.parametrize("name", PAGES)
def test_the_page_asks_for_the_client_and_then_shows_its_form(client, name):
    user = make_user(role="am")
    one, _other = make_client("GI", team=[user]), make_client("TW", team=[user])
    client.force_login(user)
    page = client.get(address(name))
    assert page.status_code == 200
    assert '<select name="client"' in page.content.decode()
    chosen = client.get(address(name), {"client": one.pk})
    assert chosen.status_code == 200
    assert chosen.context["pick"] is None


def test_all_of_them_are_looked_at():
    assert len(PAGES) == 10
