import inspect

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from programme.models import ContentVersion, HistorySwitch
from search.models import Change, Document, IndexState, Term, Word
from tests import factories

OWN_APPS = {
    "programme",
    "geography",
    "themes",
    "organisations",
    "regions",
    "kopgroep",
    "regels",
    "volgspot",
    "workplace",
    "accounts",
    "outbox",
    "search",
}
FACTORIES = [
    factory
    for _, factory in inspect.getmembers(factories, inspect.isclass)
    if issubclass(factory, DjangoModelFactory) and factory._meta.model
]


@pytest.mark.parametrize("factory", FACTORIES)
def test_factory_makes_a_valid_object(db, factory):
    made = factory()

    made.full_clean()


def test_every_own_model_has_a_factory():
    ours = {model for model in apps.get_models() if model._meta.app_label in OWN_APPS}

    # Not records but one row that the database itself keeps, and the index that follows from other records.
    kept = {ContentVersion, HistorySwitch, Change, Document, IndexState, Term, Word}
    assert ours - {factory._meta.model for factory in FACTORIES} == kept
