from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Client
from agency.demo import cast, people
from agency.demo.ads import all_ads
from agency.demo.brands import all_brands
from agency.demo.budgets import all_budgets
from agency.demo.finds import all_finds
from agency.demo.ideas import all_ideas
from agency.demo.jobs import all_jobs
from agency.demo.load import multiply
from agency.demo.money import BEFORE, all_money
from agency.demo.quarters import all_quarters
from agency.demo.shelves import all_shelves
from agency.demo.sittings import all_meetings
from agency.demo.stage import Stage
from agency.demo.stories import all_calls
from agency.demo.weeks import all_weeks


class Command(BaseCommand):
    help = "Fill the demo agency: people who do not exist, dates relative to today, no mail leaves."

    def add_arguments(self, parser):
        parser.add_argument("--weeks", type=int, default=8, help="weeks of history, 8 at most")
        parser.add_argument("--size", type=int, default=1, help="so many times over, for load")

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError("A site with DEBUG off never holds the demo.")
        codes = set(Client.objects.values_list("code", flat=True))
        if codes - set(cast.CLIENTS):
            raise CommandError("This site holds other clients: the demo is not filled in.")
        if codes:
            self.stdout.write("The demo is here already; nothing was done.")
            return
        self.fill(options["weeks"])
        multiply(options["size"], self.stdout.write)
        self.stdout.write(self.style.SUCCESS("The demo agency is ready."))

    def fill(self, weeks):
        now = timezone.now()
        begin = now - timedelta(weeks=weeks + 2)
        self.stdout.write("People, clients, contacts, contracts …")
        users, clients = people.fill(now - BEFORE)
        stage = Stage(users, clients, now, now - BEFORE, self.stdout.write, opens=begin)
        budgets = all_budgets(stage)
        talks = [*all_calls(stage), *all_meetings(stage), *all_weeks(stage)]
        memory = [*all_ads(stage), *all_shelves(stage), *all_ideas(stage), *all_brands(stage)]
        memory += [*all_quarters(stage), *all_finds(stage)]
        for story in [*budgets, *talks, *all_jobs(stage), *all_money(stage), *memory]:
            stage.play(story)
        self.stdout.write("Budgets, meetings, contact reports, jobs, estimates, plans, invoices …")
        stage.run()
