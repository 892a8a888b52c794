"""An address that once worked leads on, or says that the page is gone."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.urls.resolvers import RoutePattern, URLPattern
from django.utils import timezone

from kopgroep.models import Koploper
from programme.models import OldAddress
from regions.models import RegionalPact
from tests import factories as f
from tests.queries import queries_of
from themes.models import Theme

pytestmark = pytest.mark.django_db
PAGES = [f.RegionalPactFactory, f.KoploperFactory, f.ThemeFactory]


def rename(record, slug):
    """Returns the address before and after."""
    before = record.get_absolute_url()
    record.slug = slug
    record.save()
    return before, record.get_absolute_url()


def addresses():
    return dict(OldAddress.objects.values_list("old_path", "new_path"))


@pytest.mark.parametrize("factory", PAGES)
def test_old_name_leads_to_the_new_one_with_its_query(client, factory):
    old, new = rename(factory(), "nieuw")

    response = client.get(f"{old}?vraagstuk=a&vraagstuk=b%20c")

    assert (response.status_code, response["Location"]) == (301, f"{new}?vraagstuk=a&vraagstuk=b%20c")
    assert client.get(new).status_code == 200


def test_without_its_slash_too(client):
    old, new = rename(f.KoploperFactory(), "nieuw")
    assert client.get(old.rstrip("/"))["Location"] == new


def test_two_new_names_are_one_step(client):
    koploper = f.KoploperFactory(slug="een")
    rename(koploper, "twee")
    rename(koploper, "drie")
    assert addresses() == {"/kopgroep/een/": "/kopgroep/drie/", "/kopgroep/twee/": "/kopgroep/drie/"}


def test_back_to_the_first_name_makes_no_loop(client):
    koploper = f.KoploperFactory(slug="een")
    rename(koploper, "twee")
    rename(koploper, "een")
    assert addresses() == {"/kopgroep/twee/": "/kopgroep/een/"}
    assert client.get("/kopgroep/een/").status_code == 200


def test_a_name_taken_again_is_the_new_record(client):
    rename(f.KoploperFactory(slug="een"), "twee")
    f.KoploperFactory(slug="een")
    assert addresses() == {}
    assert client.get("/kopgroep/een/").status_code == 200


@pytest.mark.parametrize("factory", PAGES)
def test_a_removed_page_says_so(client, factory):
    record = factory()
    address = record.get_absolute_url()
    record.delete()
    assert client.get(address).status_code == 410


def test_bulk_removal_says_so_too(client):
    address = f.KoploperFactory().get_absolute_url()
    Koploper.objects.all().delete()
    assert client.get(address).status_code == 410


def test_a_removed_sample_leaves_nothing(client):
    koploper = f.KoploperFactory(is_sample=True)
    koploper.delete()
    assert addresses() == {}


def test_what_was_never_on_the_site_leaves_nothing(client):
    koploper = f.KoploperFactory(published_at=None)
    rename(koploper, "nieuw")
    koploper.published_at = timezone.now() + datetime.timedelta(days=1)
    koploper.save()
    koploper.published_at = None
    koploper.save()
    koploper.delete()
    assert addresses() == {}


def test_off_the_site_and_on_again(client):
    koploper = f.KoploperFactory()
    address, moment = koploper.get_absolute_url(), koploper.published_at
    koploper.published_at = None
    koploper.save()
    assert client.get(address).status_code == 410

    koploper.published_at = moment
    koploper.save()
    assert client.get(address).status_code == 200
    assert addresses() == {}


def test_a_new_name_while_off_the_site(client):
    koploper = f.KoploperFactory(slug="een")
    moment = koploper.published_at
    koploper.published_at = None
    koploper.save()
    rename(koploper, "twee")
    koploper.published_at = moment
    koploper.save()
    assert client.get("/kopgroep/een/")["Location"] == "/kopgroep/twee/"
    assert client.get("/kopgroep/twee/").status_code == 200


def test_only_a_missing_page_asks_and_asks_once(client, django_assert_num_queries):
    f.OldAddressFactory(old_path="/weg/", new_path="/kopgroep/")
    with django_assert_num_queries(1):
        assert client.get("/weg/").status_code == 301
    with django_assert_num_queries(1):
        assert client.get("/nooit-geweest/").status_code == 404
    assert not [sql for sql in queries_of(client, "/kopgroep/criteria/") if "oldaddress" in sql]


def test_a_form_is_not_led_on(client):
    f.OldAddressFactory(old_path="/weg/", new_path="/kopgroep/")
    assert client.post("/weg/").status_code == 404


@pytest.mark.parametrize("new_path", ["//elders.example/", "https://elders.example/", "/geen-streep", "/a b/", "x/"])
def test_an_address_elsewhere_is_refused(new_path):
    with pytest.raises(ValidationError) as error:
        OldAddress(old_path="/weg/", new_path=new_path).full_clean()
    assert list(error.value.message_dict) == ["new_path"]


def test_a_chain_by_hand_is_refused():
    f.OldAddressFactory(old_path="/b/", new_path="/c/")
    with pytest.raises(ValidationError) as error:
        OldAddress(old_path="/a/", new_path="/b/").full_clean()
    assert error.value.message_dict == {"new_path": ["Dit adres leidt zelf door naar /c/. Vul dat in."]}
    with pytest.raises(ValidationError) as error:
        OldAddress(old_path="/c/", new_path="/d/").full_clean()
    assert error.value.message_dict == {"old_path": ["Naar dit adres leidt al een ander oud adres. Wijzig dat eerst."]}


@pytest.mark.parametrize(
    ("old", "status", "new"),
    [
        ("/regionale-pacten/alle-regionale-pacten", 301, "/regionale-pacten/"),
        ("/regionale-pacten/alle-regionale-pacten/", 301, "/regionale-pacten/"),
        ("/regionale-pacten/alle-regionale-pacten?fase=mobiliseren", 301, "/regionale-pacten/?fase=mobiliseren"),
        ("/regionale-pacten/alle-regionale-pacten/zeeland", 301, "/regionale-pacten/zeeland/"),
        ("/regionale-pacten/alle-regionale-pacten/verhalen/een-verhaal", 410, None),
        ("/kopgroep/verhalen/een-verhaal", 410, None),
        ("/verhalen/een-verhaal/", 410, None),
        ("/verhalen", 410, None),
        ("/over-zorgpact", 301, "/over-zorgpact/"),
        ("/regionale-pacten", 301, "/regionale-pacten/"),
        ("/kopgroep", 301, "/kopgroep/"),
    ],
)
def test_addresses_of_the_former_site(client, old, status, new):
    response = client.get(old)
    assert (response.status_code, response.get("Location")) == (status, new)


@pytest.mark.parametrize("model", [RegionalPact, Koploper, Theme])
def test_words_of_the_site_map_are_no_slugs(model):
    """Whatever has an address of its own beside the records."""
    prefix = model(slug="x").get_absolute_url().removesuffix("x/").lstrip("/")
    beside = {
        route.removeprefix(prefix).strip("/")
        for route in routes(get_resolver().url_patterns)
        if route.startswith(prefix) and "<" not in route
    }
    slugs = {word for word in beside if word and "." not in word and "/" not in word}
    assert slugs <= set(model.reserved_slugs)
    for word in model.reserved_slugs:
        with pytest.raises(ValidationError) as error:
            model(slug=word).clean()
        assert list(error.value.message_dict) == ["slug"]


def routes(patterns, before=""):
    for pattern in patterns:
        route = str(pattern.pattern) if isinstance(pattern.pattern, RoutePattern) else "<"
        if isinstance(pattern, URLPattern):
            yield before + route
        else:
            yield from routes(pattern.url_patterns, before + route)
