"""No log ever holds a client's live link (C9)."""

import io
import logging

import pytest

from agency.common.logs import MaskTokens, mask

TOKEN = "A" * 40 + "-_9"


@pytest.fixture
def written():
    """A logger with our filter, and what it wrote."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(MaskTokens())
    logger = logging.getLogger("tests.logs")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)


@pytest.mark.parametrize("text", [f"GET /c/{TOKEN}/ 302", f"Referer: https://a.example/c/{TOKEN}"])
def test_mask_hides_the_token_only(text):
    assert mask(text) == text.replace(TOKEN, "<token>")


def test_mask_leaves_other_addresses():
    assert mask("/c/link/12/ and /clients/12/") == "/c/link/12/ and /clients/12/"


def test_token_among_the_arguments_is_hidden(written):
    logger, stream = written
    logger.warning("Not Found: %s", f"/c/{TOKEN}/")
    assert stream.getvalue() == "Not Found: /c/<token>/\n"


def test_token_in_a_traceback_is_hidden(written):
    logger, stream = written
    try:
        raise ValueError(f"/c/{TOKEN}/")
    except ValueError:
        logger.exception("failed")
    assert TOKEN not in stream.getvalue()
    assert "ValueError: /c/<token>/" in stream.getvalue()
