"""A mail server for tests: real SMTP on loopback, obedient to the test."""

import asyncio
import email
import email.policy
import time
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller

from agency.children import free_port


@dataclass
class Arrived:
    """One message, as it came in. `at` is wall time, taken before the server answers."""

    sender: str
    recipients: list
    data: bytes
    at: float = field(default_factory=time.time)

    @property
    def message(self):
        return email.message_from_bytes(self.data, policy=email.policy.default)

    @property
    def message_id(self):
        return self.message["Message-ID"]


class Sink:
    """`arrived` lists messages in order. What it answers can be changed while it runs:

    `rcpt_seconds`, `data_seconds`: how long it thinks before answering;
    `refuse_rcpt[address]`, `refuse_data`: an answer such as "550 no such person" or "451 later".
    A message is written down on arrival, also when the answer is a refusal or never read.
    """

    host = "127.0.0.1"

    def __init__(self):
        self.arrived = []
        self.refuse_rcpt = {}
        self.refuse_data = ""
        self.rcpt_seconds = self.data_seconds = 0
        self.port = free_port()
        self.controller = None

    @property
    def url(self):
        return f"smtp://{self.host}:{self.port}"

    def start(self):
        self.controller = Controller(
            self, hostname=self.host, port=self.port, enable_SMTPUTF8=True, data_size_limit=None
        )
        self.controller.start()

    def stop(self):
        """Gone, as when the mail server is down; `start()` brings it back on the same port."""
        self.controller.stop()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.controller.loop.is_running():
            self.stop()

    def to(self, address):
        """The messages that came for one person."""
        return [mail for mail in self.arrived if address in mail.recipients]

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        await asyncio.sleep(self.rcpt_seconds)
        if address in self.refuse_rcpt:
            return self.refuse_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.arrived.append(
            Arrived(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content)
        )
        await asyncio.sleep(self.data_seconds)
        return self.refuse_data or "250 OK"
