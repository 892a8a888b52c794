"""Every address that the portal has, from its own list of addresses."""

import re
from dataclasses import dataclass

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RegexPattern


@dataclass(frozen=True)
class Address:
    """`name` as `reverse` knows it; `route` as it is written; `arguments` name → what is asked of it."""

    name: str
    route: str
    arguments: tuple

    def filled(self, values):
        """The address with `values`, or None where one is missing."""
        path = self.route
        for name, pattern in self.arguments:
            if name not in values:
                return None
            path = path.replace(pattern, str(values[name]))
        return "/" + re.sub(r"[\\^$]", "", path)


def addresses(resolver=None, before="", space=""):
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + _route(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, route, inner)
        else:
            name = f"{space}{entry.name}" if entry.name else route
            yield Address(name, route, tuple(_arguments(route)))


def _route(pattern):
    return pattern._regex.lstrip("^") if isinstance(pattern, RegexPattern) else str(pattern)


def _arguments(route):
    """(name, its pattern in the route) of `<slug:slug>` and of `(?P<kind>csv|xlsx)`."""
    for found in re.finditer(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", route):
        yield found.group(1), found.group(0)
    for found in re.finditer(r"(?<!\?P)<(?:\w+:)?(\w+)>", route):
        yield found.group(1), found.group(0)


def choices_of(pattern):
    """The words that a pattern such as `(?P<kind>csv|xlsx)` allows; none where it allows any."""
    found = re.fullmatch(r"\(\?P<\w+>([\w.|-]+)\)", pattern)
    return found.group(1).split("|") if found and "|" in found.group(1) else []
