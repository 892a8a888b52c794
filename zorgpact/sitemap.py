"""Every public page, with the moment its content last changed where that is known."""

from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import F, Max, Value
from django.urls import reverse

from kopgroep.models import Koploper
from programme.models import Fact, Figure, LostPicture, Source, Term, Tip
from regels.models import Case, Obstacle, Rule, Scheme
from regions.models import RegionalPact
from themes.models import CommonTrait, ElementExample, Insight, Theme, Tool, WorkingElement
from volgspot.models import Version

# Pages by their name, with what stands on them. A page of words alone has no moment that we know.
PAGES = {
    "home": [RegionalPact, Koploper, Theme, Fact],
    "regions:list": [RegionalPact],
    "reports:method": [],
    "kopgroep:list": [Koploper],
    "kopgroep:criteria": [],
    "regels:list": [Case],
    "regels:obstacles:list": [Obstacle],
    "regels:schemes:list": [Scheme],
    "themes:list": [Theme],
    "themes:works": [WorkingElement, ElementExample],
    "programme:about": [Fact, Figure, Tip, Term],
    "programme:sources": [Source, LostPicture],
    "regels:ask": [],
    "search:search": [],
    "contact": [],
    "accessibility": [],
    "privacy": [],
    "cookies": [],
    "vulnerability": [],
}
ON_A_THEME = [(Insight, "theme"), (CommonTrait, "theme"), (Tool, "themes")]


class PortalSitemap(Sitemap):
    """Its items are pairs of a path and a moment or None."""

    def items(self):
        newest = _newest({model for models in PAGES.values() for model in models})
        pages = [(reverse(name), _latest(newest[model] for model in models)) for name, models in PAGES.items()]
        records = [*_records(RegionalPact), *_records(Koploper), *_records(Theme, _newest_on_themes())]
        return [*pages, *records, *_many(Case, Obstacle, Rule, Scheme), *_reports()]

    def location(self, item):
        return item[0]

    def lastmod(self, item):
        return item[1]

    def get_urls(self, page=1, site=None, protocol=None):
        """The portal's own address, by whichever name it was asked."""
        own = urlsplit(settings.PORTAL_URL)
        return super().get_urls(page, SimpleNamespace(domain=own.netloc), own.scheme)


def view(request):
    return views.sitemap(request, {"portal": PortalSitemap})


def _newest(models):
    """When the public records of each model last changed, in one query."""
    parts = [
        model.objects.published()
        .order_by()
        .values(of=Value(model._meta.label))
        .annotate(changed=Max("updated_at"), shown=Max("published_at"))
        .values_list("of", "changed", "shown")
        for model in models
    ]
    found = {label: _latest(moments) for label, *moments in parts[0].union(*parts[1:], all=True)}
    return {model: found.get(model._meta.label) for model in models}


def _newest_on_themes():
    """When something on the page of each theme last changed, by the theme's number, in one query."""
    parts = [
        model.objects.published()
        .order_by()
        .values(of=F(owner))
        .annotate(changed=Max("updated_at"), shown=Max("published_at"))
        .values_list("of", "changed", "shown")
        for model, owner in ON_A_THEME
    ]
    found = {}
    for theme, *moments in parts[0].union(*parts[1:], all=True):
        found[theme] = _latest([found.get(theme), *moments])
    return found


def _records(model, more=None):
    for record in model.objects.published().only("pk", "slug", "updated_at", "published_at").order_by("slug"):
        moments = [record.updated_at, record.published_at, (more or {}).get(record.pk)]
        yield record.get_absolute_url(), _latest(moments)


def _many(*models):
    """The records of models on whose pages nothing else stands that changes by itself, in one query."""
    first, *rest = [
        model.objects.published().order_by().values_list(Value(position), "slug", "updated_at", "published_at")
        for position, model in enumerate(models)
    ]
    for position, slug, *moments in sorted(first.union(*rest, all=True)):
        yield models[position](slug=slug).get_absolute_url(), _latest(moments)


def _reports():
    """Each report of the Volgspot, and the page of each pact that has one."""
    newest = {}
    for version in Version.objects.reports().order_by("reflection__pact__slug", "reflection__round__opens"):
        slugs = [version.reflection.pact.slug, version.reflection.round.slug]
        newest[slugs[0]] = _latest([newest.get(slugs[0]), version.published_at])
        yield reverse("reports:report", args=slugs), version.published_at
    for slug, moment in newest.items():
        yield reverse("reports:rounds", args=[slug]), moment


def _latest(moments):
    """Of those that are known; a record may appear later than it was last saved."""
    return max((moment for moment in moments if moment), default=None)
