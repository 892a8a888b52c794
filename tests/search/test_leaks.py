"""Nothing that a visitor may not see gets into the index, its words or its suggestions."""

import pytest
from django.db import models

from search import registry
from search.finding import find
from search.models import Document, Term, Word
from search.suggestions import suggest
from search.whole import check
from tests import factories as f
from tests.kopgroep.test_list import full_koploper

pytestmark = pytest.mark.django_db
SECRET = "geheimzinnigwoord"
# What these say of a record stands on its page, although no field of that name is shown.
SHOWN_OTHERWISE = {"published_at"}


def everything():
    koploper = full_koploper()
    pact = koploper.pacts.get()
    theme = koploper.theme_rows.get().theme
    partner = koploper.participations.get().organisation
    f.PactParticipationFactory(pact=pact, organisation=partner)
    f.PactThemeFactory(pact=pact, theme=theme)
    f.AgendaItemFactory(pact=pact), f.VraagstukFactory(pact=pact), f.SubregionFactory(pact=pact)
    f.VoiceFactory(koploper=koploper), f.AdoptionFactory(koploper=koploper)
    f.InsightFactory(theme=theme), f.CommonTraitFactory(theme=theme), f.ToolFactory().themes.add(theme)
    f.ElementExampleFactory(), f.TermFactory(), f.FactFactory(), f.SourceFactory()


def fed_models():
    return {feed.model for kind in registry.kinds() for feed in kind.feeds}


def assert_nowhere(word):
    find(word)
    assert not Document.objects.filter(title__icontains=word).exists()
    for field in ("summary", "answer", "body", "words", "url"):
        assert not Document.objects.filter(**{f"{field}__icontains": word}).exists(), field
    assert not Word.objects.filter(text__contains=word).exists()
    assert not Term.objects.filter(text__contains=word[:10]).exists()
    assert find(word).ids == []
    assert suggest(word[:6]) == []


def test_no_field_that_is_not_public():
    everything()
    hidden = 0
    for model in fed_models():
        public = {*getattr(model, "public_fields", ()), *SHOWN_OTHERWISE}
        for field in model._meta.concrete_fields:
            if field.name not in public and isinstance(field, models.TextField) and model.objects.exists():
                model.objects.update(**{field.name: SECRET})
                hidden += 1
    check()

    assert hidden >= 3
    assert_nowhere(SECRET)


@pytest.mark.parametrize(
    "make",
    [
        lambda: f.KoploperFactory(title=SECRET, published_at=None),
        lambda: f.RegionalPactFactory(name=SECRET, published_at=None),
        lambda: f.ThemeFactory(name=SECRET, published_at=None),
        lambda: f.InsightFactory(title=SECRET, published_at=None),
        lambda: f.InsightFactory(title=SECRET, theme__published_at=None),
        lambda: f.TermFactory(name=SECRET, published_at=None),
        lambda: f.SourceFactory(title=SECRET, published_at=None),
        lambda: f.FactFactory(title=SECRET, published_at=None),
        lambda: f.WorkingElementFactory(title=SECRET, published_at=None),
        lambda: f.ElementExampleFactory(text=SECRET, published_at=None),
        lambda: f.CommonTraitFactory(text=SECRET, published_at=None),
        lambda: f.ToolFactory(title=SECRET, published_at=None),
        lambda: f.ToolFactory(title=SECRET),
        lambda: f.OrganisationFactory(name=SECRET),
        lambda: f.KoploperThemeFactory(theme__name=SECRET, theme__published_at=None),
        lambda: f.PactThemeFactory(theme__name=SECRET, theme__published_at=None),
        lambda: f.KoploperParticipationFactory(organisation__name=SECRET, organisation__published_at=None),
        lambda: f.PactParticipationFactory(organisation__name=SECRET, organisation__published_at=None),
        lambda: f.KoploperParticipationFactory(organisation__name=SECRET, ended="2017"),
        lambda: f.KoploperParticipationFactory(organisation__name=SECRET, koploper__published_at=None),
        lambda: f.KoploperParticipationFactory(koploper__title=SECRET, koploper__published_at=None),
        lambda: f.KoploperFactory().pacts.add(f.RegionalPactFactory(name=SECRET, published_at=None)),
        lambda: f.ResultFactory(title=SECRET, koploper__published_at=None),
        lambda: f.VraagstukFactory(title=SECRET, pact__published_at=None),
        lambda: f.AreaMunicipalityFactory(municipality__name=SECRET, until="2017"),
    ],
)
def test_nothing_that_is_not_published(make):
    make()

    assert_nowhere(SECRET)


def test_what_is_withdrawn_is_gone_with_its_words():
    koploper = f.KoploperFactory(title=SECRET)
    assert find(SECRET).total == 1
    koploper.published_at = None
    koploper.save()

    assert_nowhere(SECRET)
