from django.core.management.base import BaseCommand
from django.utils import timezone

from agency.common.services import resume_mail


class Command(BaseCommand):
    help = "Let mails leave again, after a restore or a change of SITE_URL."

    def handle(self, *args, **options):
        site = resume_mail(by=None, at=timezone.now())
        self.stdout.write(f"Mails leave again from {site.site_url}.")
