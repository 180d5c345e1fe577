from django.apps import AppConfig

from agency.common import checks


class CommonConfig(AppConfig):
    name = "agency.common"
    label = "common"

    def ready(self):
        checks.register_all()
