"""Keep client links out of every log (C9)."""

import logging
import re

TOKEN = re.compile(r"/c/[A-Za-z0-9_-]{16,}")


def mask(text):
    """`/c/<token>` for every client link in the text."""
    return TOKEN.sub("/c/<token>", text)


class MaskTokens(logging.Filter):
    """Rewrite a record so that no handler ever sees a live token."""

    def filter(self, record):
        record.msg = mask(record.getMessage())
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = mask(logging.Formatter().formatException(record.exc_info))
        return True
