from copy import deepcopy
from pathlib import Path

import pytest


@pytest.fixture
def letter(settings):
    """The name of a mail template for tests: subject, then name, words and link."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).with_name("templates"))
    settings.TEMPLATES = templates
    return "letter.txt"
