"""What may be found. Each part of the portal says so itself, in its `findable.py`; nothing else decides it."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Content:
    """What of one public record can be found and shown."""

    title: str
    url: str
    summary: str = ""
    # What answers a question at once: a result, a definition.
    answer: str = ""
    # All other text, in the order in which a reader would want to see it quoted.
    body: tuple = ()
    # Slugs of public themes and of provinces.
    themes: tuple = ()
    provinces: tuple = ()
    is_sample: bool = False

    @property
    def text(self):
        return "\n".join(part.strip() for part in self.body if part and part.strip())


def listed(label, names):
    """Names of related records as a sentence, for in a body: the label, and those that are not empty."""
    names = ", ".join(name for name in names if name)
    return f"{label}: {names}." if names else ""


@dataclass(frozen=True)
class Feed:
    """A table of which a change can change what is found.

    Either the row names its record itself (`owner` is that relation, "pk" for the record's own table), or
    it is shared, and `path` leads from the record to it.
    """

    model: type
    owner: str = ""
    path: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of record that can be found."""

    name: str
    label: str
    plural: str
    model: type
    # Gives the public records, with all that `content` reads.
    published: Callable
    content: Callable
    feeds: tuple = ()
    # Of two that fit as well, the kind with the higher number stands first.
    weight: float = 0.0
    # Moments at which what is found changes without anybody doing anything.
    clock: tuple = ("published_at",)


@dataclass(frozen=True)
class Choice:
    """A filter beside the kind: its name in the address, and its (slug, label) pairs."""

    name: str
    label: str
    options: Callable


@dataclass
class _Registry:
    kinds: dict = field(default_factory=dict)
    choices: dict = field(default_factory=dict)


_registered = _Registry()


def register(*things):
    """Kinds and choices; called when the site starts."""
    for thing in things:
        place = _registered.kinds if isinstance(thing, Kind) else _registered.choices
        place[thing.name] = thing


def kinds():
    return list(_registered.kinds.values())


def kinds_by_weight():
    """The most telling kinds first, as a visitor reads them."""
    return sorted(kinds(), key=lambda kind: (-kind.weight, kind.plural))


def kind_named(name):
    return _registered.kinds.get(name)


def choices():
    return list(_registered.choices.values())
