"""Mails with papers: whoever sent them is known, and what hangs on them waits to be filed (R38)."""

import uuid
from email import message_from_bytes, policy
from email.utils import parseaddr

from django.core.files.base import ContentFile

from accounts.models import Contact, User
from agency.common.errors import Refused
from agency.common.texts import clean_name
from archives.models import Incoming
from archives.services.incoming import receive
from archives.services.uploads import RIGHT
from archives.storage import StoreError

SPACE = uuid.UUID("5d0a6b1e-6f6c-4d55-9f0e-7f7a4d1b9a10")
# Smaller pictures inside the text are signatures and logos.
LEAST_PICTURE = 10_000
MOST_FILES = 40


def take_letter(*, body, at):
    """Take in what hangs on a mail: [Incoming], None when its sender is nobody we know.

    The same mail twice gives the same rows. What the door refuses stays behind; the rest comes.
    """
    letter = message_from_bytes(body, policy=policy.default)
    address = parseaddr(str(letter["From"] or ""))[1].lower()
    owner, client = known_sender(address)
    if owner is None and client is None:
        return None
    about = {
        "sender": address[:254],
        "subject": one_line(letter["Subject"])[:200],
        "owner": owner,
        "client": client,
    }
    base = str(letter["Message-ID"] or hash_of(body))
    taken = []
    for place, (name, content) in enumerate(files_of(letter, about["subject"])):
        key = uuid.uuid5(SPACE, f"{base}:{place}")
        taken += _take(ContentFile(content, name=name), key, about, at)
    return taken


def _take(file, key, about, at):
    try:
        return [receive(upload=file, source=Incoming.Source.MAIL, form_key=key, at=at, **about)]
    except StoreError:
        raise  # the mail stays unread: its files come once the store is back
    except Refused:
        return []


def hash_of(body):
    return uuid.uuid5(SPACE, body[:10_000].decode("latin-1"))


def one_line(text):
    return " ".join(str(text or "").split())


def known_sender(address):
    """(one of our people who may file, None) or (None, the client of a contact) or (None, None).

    Whoever sends can write any sender: so nothing is filed by it, it only waits where a person
    looks at it.
    """
    if not address:
        return None, None
    person = User.objects.active().filter(email=address).first()
    if person and person.has_perm(RIGHT, "own"):
        return person, None
    contact = Contact.objects.filter(email=address, is_active=True).select_related("client").first()
    return None, contact.client if contact else None


def files_of(letter, subject):
    """(name, bytes) of what hangs on the mail; of a mail without anything its words themselves."""
    found = [part for part in letter.walk() if is_file(part)]
    for part in found[:MOST_FILES]:
        yield clean_name(part.get_filename() or subject or "file"), content_of(part)
    if not found and (text := letter.get_body(("plain", "html"))):
        yield f"{clean_name(subject or 'mail')[:100]}.txt", text.get_content().encode()


def is_file(part):
    if part.is_multipart() or not part.get_filename():
        return False
    is_picture = part.get_content_maintype() == "image"
    inside = is_picture and part.get_content_disposition() == "inline"
    return not (inside and len(content_of(part)) < LEAST_PICTURE)


def content_of(part):
    return part.get_payload(decode=True) or b""
