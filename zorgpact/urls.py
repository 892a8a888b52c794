"""The site map."""

from django.contrib import admin
from django.urls import include, path

from . import former, machines, sitemap, views

handler429 = "zorgpact.errors.too_many_requests"
handler500 = "zorgpact.errors.server_error"

urlpatterns = [
    *former.urlpatterns,
    path("", views.home, name="home"),
    # Before the pacts themselves: “volgspot” is no pact.
    path("regionale-pacten/", include("volgspot.report_urls")),
    path("regionale-pacten/", include("regions.urls")),
    path("kopgroep/", include("kopgroep.urls")),
    path("ruimte-in-de-regels/", include("regels.urls")),
    path("", include("themes.urls")),
    path("zoeken/", include("search.urls")),
    path("over-zorgpact/", include("programme.urls")),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("contact/", views.contact, name="contact"),
    path("kwetsbaarheid-melden/", views.vulnerability, name="vulnerability"),
    path("stijl/", views.style, name="style"),
    path("sitemap.xml", sitemap.view, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("healthz", machines.health, name="healthz"),
    path(".well-known/security.txt", machines.security, name="security_txt"),
    path("", include("workplace.urls")),
    path("", include("volgspot.urls")),
    path("", include("accounts.urls")),
    path("beheer/", admin.site.urls),
]
