import sys
from email import message_from_bytes

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agency.common.bounces import find_bounced
from agency.common.services import mail_bounced


class Command(BaseCommand):
    help = "Take a delivery report on standard input and mark the mail that came back."

    def handle(self, *args, **options):
        report = message_from_bytes(sys.stdin.buffer.read())
        mail, words = find_bounced(report)
        if mail is None:
            raise CommandError("No mail of ours is named in this report.")
        if mail.state == mail.State.BOUNCED:
            self.stdout.write(f"Known already: {mail}")
            return
        mail_bounced(mail=mail, by=None, at=timezone.now(), report=words)
        self.stdout.write(f"Came back: {mail}")
