from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ZorgpactConfig(AppConfig):
    name = "zorgpact"
    default = True


class PortalAdminConfig(admin_apps.AdminConfig):
    """The admin, with a login of our own (through the accounts, second factor included)."""

    default = False
    default_site = "zorgpact.admin.PortalAdminSite"
