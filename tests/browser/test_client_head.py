"""How a client stands, at the head of its page: in one row at the desk."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.builders import make_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TILES = """() => Array.from(document.querySelectorAll('.tiles > a'), tile => {
  const box = tile.getBoundingClientRect();
  return [box.top, tile.scrollWidth > tile.clientWidth];
})"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tiles_stand_in_one_row_and_hold_their_words(desk_of, am, language):
    customer = make_client("LM", team=[am], name="绿麦食品")
    User.objects.update(language=language)
    page = desk_of(am)
    page.goto(reverse("accounts:client_detail", args=[customer.pk]))
    tiles = page.evaluate(TILES)
    assert len(tiles) == 8
    assert len({top for top, _is_over in tiles}) == 1
    assert not [tile for tile in tiles if tile[1]]
