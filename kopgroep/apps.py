from django.apps import AppConfig


class KopgroepConfig(AppConfig):
    name = "kopgroep"
    verbose_name = "Kopgroep"
