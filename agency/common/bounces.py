"""Reading a delivery report (RFC 3464): which of our mails came back, and what was said."""

import re

from agency.common.models import OutboxMail

MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^<>\s]+)>")
NOT_FAILED = {"delayed", "delivered", "relayed", "expanded"}
WORDS = ("Action", "Status", "Diagnostic-Code")


def find_bounced(report):
    """(the mail, what the report says), or (None, "") when it names no mail of ours.

    A report of delay, or of delivery, is no return: it gives none either.
    """
    status = status_words(report)
    action = status.get("Action", "failed").lower()
    ids = MESSAGE_ID.findall(searchable(report))
    if action in NOT_FAILED or not ids:
        return None, ""
    mail = OutboxMail.objects.filter(message_id__in=ids).first()
    words = "; ".join(status[name] for name in WORDS if name in status)
    return mail, words or "the mail came back"


def status_words(report):
    """The fields of the report's first recipient."""
    found = {}
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                found |= {name: str(value) for name, value in block.items() if name in WORDS}
    return found


def searchable(report):
    """All text in which a report may quote our Message-ID."""
    own = report.get("Message-ID", "")
    texts = [report.get("In-Reply-To", ""), report.get("References", "")]
    for part in report.walk():
        if part.get_content_type() in ("message/rfc822", "message/delivery-status"):
            texts.append(part.as_string())
        elif part.get_content_maintype() == "text":
            texts.append((part.get_payload(decode=True) or b"").decode(errors="replace"))
    return "\n".join(texts).replace(own, "") if own else "\n".join(texts)
