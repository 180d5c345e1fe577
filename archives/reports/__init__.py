"""What the archives tell the pages and the roof, by noun (reads only)."""

from archives.reports.brand import brands_of
from archives.reports.document import (
    answers,
    awaiting,
    client_mails,
    folder,
    in_folder,
    others,
    rooms,
    twins,
)

__all__ = [
    "answers",
    "awaiting",
    "brands_of",
    "client_mails",
    "folder",
    "others",
    "rooms",
    "twins",
]
__all__ = ["answers", "awaiting", "client_mails", "folder", "in_folder", "others", "rooms", "twins"]
