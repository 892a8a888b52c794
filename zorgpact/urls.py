"""The site map."""

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("regionale-pacten/", include("regions.urls")),
    path("kopgroep/", include("kopgroep.urls")),
    path("", include("themes.urls")),
    path("over-zorgpact/", include("programme.urls")),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.SitePage.as_view(template_name="site/privacy.html"), name="privacy"),
    path("cookies/", views.SitePage.as_view(template_name="site/cookies.html"), name="cookies"),
    path("contact/", views.contact, name="contact"),
    path(
        "kwetsbaarheid-melden/", views.SitePage.as_view(template_name="site/vulnerability.html"), name="vulnerability"
    ),
    path("stijl/", views.style, name="style"),
    path("", include("accounts.urls")),
    path("beheer/", admin.site.urls),
]
