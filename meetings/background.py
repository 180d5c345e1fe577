"""What those at the table must know beforehand, told in few sentences (R12)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_SENTENCES = 15
# The point within a figure ends no sentence.
SENTENCE_END = re.compile(r"[。！？!?\n]|(?<!\d)\.|\.(?!\d)")
TOO_MANY = _("The background may have 15 sentences; this has %(count)d.")


def sentences(text):
    """How many sentences stand in the text: between 。！？.!? and line ends."""
    parts = SENTENCE_END.split(text.replace("\r\n", "\n"))
    return sum(any(sign.isalnum() for sign in part) for part in parts)


def background_validator(text):
    count = sentences(text or "")
    if count > MOST_SENTENCES:
        raise ValidationError(TOO_MANY, code="sentences", params={"count": count})
