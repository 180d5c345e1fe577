import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import services
from accounts.models import Brand, Product
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from tests.builders import make_brand, make_client, make_user, when

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")


def test_ae_adds_a_brand_to_his_client(ae):
    client = make_client(team=[ae])
    brand = services.create_brand(client=client, by=ae, at=NOW, name="Crisp")
    assert list(Brand.objects.visible_to(ae)) == [brand]
    assert AuditEntry.objects.get().client_code == client.code


def test_same_name_twice_is_refused_in_words(ae):
    client = make_client(team=[ae])
    services.create_brand(client=client, by=ae, at=NOW, name="Crisp")
    with pytest.raises(Refused):
        services.create_brand(client=client, by=ae, at=NOW, name="Crisp")
    assert Brand.objects.count() == 1


def test_same_form_twice_makes_one_brand(ae):
    client, key = make_client(team=[ae]), uuid.uuid4()
    first = services.create_brand(client=client, by=ae, at=NOW, name="Crisp", form_key=key)
    assert services.create_brand(client=client, by=ae, at=NOW, name="Crisp", form_key=key) == first


@pytest.mark.parametrize("role", ["finance", "management", "department", "admin"])
def test_other_roles_add_no_brand(role):
    with pytest.raises(PermissionDenied):
        services.create_brand(client=make_client(), by=make_user(role=role), at=NOW, name="x")


@pytest.mark.rule("R92")
def test_archived_brand_stays_and_comes_back(ae):
    brand = make_brand(make_client(team=[ae]))
    services.set_brand_active(brand=brand, is_active=False, by=ae, at=NOW)
    assert not Brand.objects.get().is_active
    services.set_brand_active(brand=brand, is_active=True, by=ae, at=NOW)
    assert Brand.objects.get().is_active


def test_brand_from_a_page_of_before_is_stale(ae):
    brand = make_brand(make_client(team=[ae]))
    services.update_brand(brand=brand, by=ae, at=NOW, row_version=0, name="One")
    with pytest.raises(Stale):
        services.update_brand(brand=brand, by=ae, at=NOW, row_version=0, name="Two")


def test_product_hangs_on_its_brand(ae, other_ae):
    brand = make_brand(make_client(team=[ae]))
    product = services.create_product(brand=brand, by=ae, at=NOW, name="Gift box")
    assert list(Product.objects.visible_to(ae)) == [product]
    assert list(Product.objects.visible_to(other_ae)) == []


def test_ae_of_another_client_changes_no_product(ae, other_ae):
    brand = make_brand(make_client(team=[ae]))
    product = services.create_product(brand=brand, by=ae, at=NOW, name="Gift box")
    with pytest.raises(PermissionDenied):
        services.update_product(product=product, by=other_ae, at=NOW, name="Mine")


def test_brands_know_their_products_by_name_in_one_statement():
    client = make_client()
    bare, brand = make_brand(client, name="A"), make_brand(client, name="B")
    for name in ("Tin", "Box"):
        Product.objects.create(brand=brand, name=name)
    with CaptureQueriesContext(connection) as asked:
        rows = list(client.brands.with_products())
    assert [row.pk for row in rows] == [bare.pk, brand.pk]
    assert [[found["name"] for found in row.named_products] for row in rows] == [[], ["Box", "Tin"]]
    assert len(asked) == 1
