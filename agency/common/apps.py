from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "agency.common"
    label = "common"
