from django.contrib import admin


class PortalAdminSite(admin.AdminSite):
    site_header = "Zorgpact beheer"
    site_title = "Zorgpact beheer"
    index_title = "Werkplek"
