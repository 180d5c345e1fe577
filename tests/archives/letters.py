"""Faxes and memos for tests."""

from archives.services import letters
from tests.archives.papers import NOON


def make_letter(client, by, kind="fax", at=NOON, **fields):
    """A draft to the client's marketing director."""
    typed = {"to": "周喆", "subject": "样品送达时间", "body": "请于周五前送达。", "language": "zh"}
    return letters.draft_letter(kind=kind, client=client, by=by, at=at, **{**typed, **fields})
