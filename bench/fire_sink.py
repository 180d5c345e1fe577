"""A mail server in a bad mood: slow at random, "later" to 1 %, "never" to 0.5 %."""

import asyncio
import random

from tests.sink import Arrived, Sink


class FireSink(Sink):
    def __init__(self, delays):
        super().__init__()
        self.delays = delays
        self.dice = random.Random(11)
        self.later = self.never = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        dice = self.dice.random()
        if dice < 0.01:
            self.later += 1
            return "451 later"
        if dice < 0.015:
            self.never += 1
            return "550 never"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        arrived = Arrived(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content)
        self.arrived.append(arrived)
        await asyncio.sleep(self.dice.choice(self.delays))
        return "250 OK"
