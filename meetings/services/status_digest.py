"""What two people have signed, as one hash: nothing else is ever sent (Z17, B2)."""

import hashlib
import json

FACTS = ("pk", "section", "position", "title", "current", "next_step", "job_id", "next_user_id",
         "next_contact_id", "next_on", "is_empty_section", "ended_on")  # fmt: skip


def digest(report):
    """SHA-256 of the words a client reads: the summary, and every line in order."""
    rows = [[getattr(line, name) for name in FACTS] for line in report.lines.all()]
    text = json.dumps([report.summary, rows], default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
