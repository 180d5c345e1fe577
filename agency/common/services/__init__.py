from agency.common.services.audit import audit
from agency.common.services.limits import take
from agency.common.services.notify import drop, notify, void_waiting
from agency.common.services.numbers import next_number
from agency.common.services.outbox import (
    VoidMail,
    mail_again,
    mail_arrived,
    mail_bounced,
    queue_mail,
    resume_mail,
)
from agency.common.services.pulse import clock_is_trusted, trust_clock

__all__ = [
    "VoidMail",
    "audit",
    "clock_is_trusted",
    "drop",
    "mail_again",
    "mail_arrived",
    "mail_bounced",
    "next_number",
    "notify",
    "queue_mail",
    "resume_mail",
    "take",
    "trust_clock",
    "void_waiting",
]
