import pytest
from django.urls import reverse

from accounts.roles import TEAM, set_roles
from tests.factories import UserFactory


@pytest.fixture
def team(db):
    """Somebody of the national team, with a second factor."""
    user = UserFactory(email="team@voorbeeld.example", name="Team")
    set_roles(user, [TEAM])
    return user


@pytest.fixture
def desk(client, team, settings):
    """A browser in which the team is logged in."""
    settings.PORTAL_DEMO = True
    client.force_login(team)
    return client


def address(model_or_obj, page, *args):
    meta = model_or_obj._meta
    pk = [model_or_obj.pk] if page in ("change", "history", "delete") else []
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=pk)


def form_values(page):
    """What a browser would send back of the form on a page, by name; boxes and choices as they stand."""
    import html5lib

    tree = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
    form = next(f for f in tree.iter("form") if (f.get("id") or "").endswith("_form"))
    values = {}
    for field in form.iter():
        name, kind = field.get("name"), field.get("type")
        if not name or "__prefix__" in name:
            continue
        if field.tag == "textarea":
            values.setdefault(name, []).append("".join(field.itertext()).removeprefix("\n"))
        elif field.tag == "select":
            chosen = [option.get("value") for option in field.iter("option") if option.get("selected") is not None]
            values.setdefault(name, []).extend(chosen or [""])
        elif field.tag == "input" and (kind not in ("checkbox", "radio") or field.get("checked") is not None):
            values.setdefault(name, []).append(field.get("value", "on" if kind == "checkbox" else ""))
    return values
