"""What the programme says of itself, as far as it can be found."""

from django.urls import reverse

from search.registry import Content, Feed, Kind, register

from .models import Fact, Source, Term


def _fact(fact):
    return Content(
        title=fact.title,
        url=f"{reverse('programme:about')}#feit-{fact.slug}",
        body=(fact.text,),
        is_sample=fact.is_sample,
    )


def _term(term):
    return Content(
        title=str(term),
        url=f"{reverse('programme:about')}#begrip-{term.slug}",
        answer=term.definition,
        is_sample=term.is_sample,
    )


def _source(source):
    return Content(
        title=source.title,
        url=f"{reverse('programme:sources')}#{source.slug}",
        summary=source.subtitle,
        body=(source.note, source.publisher, source.commissioners, source.makers),
        is_sample=source.is_sample,
    )


def _kind(name, label, plural, model, content, weight=0.0):
    return Kind(
        name=name,
        label=label,
        plural=plural,
        model=model,
        published=model.objects.published,
        content=content,
        weight=weight,
        feeds=(Feed(model, owner="pk"),),
    )


register(
    _kind("begrip", "Begrip", "Begrippen", Term, _term, weight=0.2),
    _kind("feit", "Over het Zorgpact", "Over het Zorgpact", Fact, _fact, weight=0.1),
    _kind("bron", "Bron", "Bronnen", Source, _source, weight=-0.6),
)
