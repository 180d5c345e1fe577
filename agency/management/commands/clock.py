import logging
import signal
import threading
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agency.celery import SEND_SECONDS, TICK_SECONDS
from agency.clock import clock, tick
from agency.common.connections import renew
from agency.common.models import OutboxMail
from agency.common.sender import send_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do everything the clock would do now, one line an act, then send the mails due."

    def add_arguments(self, parser):
        parser.add_argument("--at", help="ISO instant, only with DEBUG: as if it were then")
        parser.add_argument("--dry-run", action="store_true", help="say what is due, do nothing")
        parser.add_argument("--loop", action="store_true", help="stand in for Celery until stopped")

    def handle(self, *args, **options):
        if options["loop"]:
            if options["at"] or options["dry_run"]:
                raise CommandError("--loop goes with neither --at nor --dry-run.")
            Loop(self.stdout).run()
        elif options["dry_run"]:
            self.rehearse(instant(options["at"]))
        else:
            self.once(options["at"])

    def rehearse(self, at):
        for line in clock(at, dry_run=True):
            self.stdout.write(line)
        for mail in OutboxMail.objects.due(at):
            self.stdout.write(f"mail: {mail}")

    def once(self, wanted):
        at = instant(wanted)
        for line in clock(at) if wanted else tick():
            self.stdout.write(line)
        count = send_due(now=lambda: at) if wanted else send_due()
        self.stdout.write(f"mails: {count}")


def instant(text):
    """The aware instant of --at, by default now. CommandError for anything else."""
    if not text:
        return timezone.now()
    if not settings.DEBUG:
        raise CommandError("--at is for development: DEBUG is off.")
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is no ISO instant.") from error
    return at if timezone.is_aware(at) else timezone.make_aware(at)


class Loop:
    """The clock each minute; the mails each five seconds in a thread, so that neither waits."""

    def __init__(self, out):
        self.out = out
        self.stop = threading.Event()

    def run(self):
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.stop.set())
        sender = threading.Thread(target=self.repeat, args=(SEND_SECONDS, self.send))
        sender.start()
        self.repeat(TICK_SECONDS, self.tick)
        sender.join()

    def repeat(self, seconds, job):
        """Call `job` until stopped. Whatever it raises is logged and ends nothing."""
        while not self.stop.is_set():
            try:
                renew()
                job()
            except Exception:
                logger.exception("the clock's loop goes on after a failure")
            finally:
                renew()
            self.stop.wait(seconds)

    def tick(self):
        for line in tick():
            self.out.write(line)

    def send(self):
        while send_due() and not self.stop.is_set():
            continue
