"""What the archives tell the pages and the roof, by noun (reads only)."""

from archives.reports.document import (
    answers,
    awaiting,
    client_mails,
    folder,
    others,
    rooms,
    twins,
)

__all__ = ["answers", "awaiting", "client_mails", "folder", "others", "rooms", "twins"]
