from copy import deepcopy
from pathlib import Path

import pytest

from tests.builders import make_client


@pytest.fixture
def letter(settings):
    """The name of a mail template for tests: subject, then name, words and link."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).with_name("templates"))
    settings.TEMPLATES = templates
    return "letter.txt"


@pytest.fixture
def client_(ae, am):
    """A client of AE and AM."""
    return make_client(code="LM", name="绿麦食品", team=[ae, am], paper_language="en")


@pytest.fixture
def at_ae(client, ae):
    """A browser signed in as the client's own AE."""
    client.force_login(ae)
    return client
