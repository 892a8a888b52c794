"""The back office: one site, and one `PortalAdmin` under every screen of it."""

from django.contrib import admin


class PortalAdminSite(admin.AdminSite):
    site_header = "Zorgpact beheer"
    site_title = "Zorgpact beheer"
    index_title = "Werkplek"
    enable_nav_sidebar = False


class PortalAdmin(admin.ModelAdmin):
    """What every screen of the back office can do."""

    save_on_top = False
    list_per_page = 50
    show_full_result_count = False
