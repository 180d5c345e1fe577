import pytest

from tests.builders import make_user


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def admin(signed_in, db):
    return signed_in(make_user(username="admin", role="admin"))
