import pytest

from archives.models import Competitor
from tests.builders import assign, make_brand, make_client, make_user

pytestmark = pytest.mark.django_db


def test_a_competitor_is_seen_by_those_who_serve_its_brand():
    reader, brand = make_user(), make_brand(make_client())
    assign(brand.client, reader)
    Competitor.objects.create(brand=make_brand(make_client()), name="Elsewhere")
    own = Competitor.objects.create(brand=brand, name="Gold Millet")
    assert list(Competitor.objects.visible_to(reader)) == [own]
