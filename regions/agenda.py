"""The action agenda of one pact, narrowed by what a visitor chose."""

from dataclasses import dataclass

from .models import AgendaItem


@dataclass
class Choice:
    """One thing to choose from, with the number of items it would leave."""

    slug: str
    label: str
    count: int
    is_on: bool


class Agenda:
    """The items that are left, and what else there is to choose; all from the items of one page, without a query."""

    def __init__(self, items, query):
        """`items` are the agenda items of one pact; `query` is a QueryDict with the names of the address."""
        self.all = items
        self.chosen = {name: query.get(name, "") for name in FACETS if query.get(name)}
        self.items = [item for item in items if self._fits(item)]

    def _fits(self, item, skipped=None):
        return all(FACETS[name][1](item)[0] == slug for name, slug in self.chosen.items() if name != skipped)

    def has_only_choices(self, query):
        """Whether nothing in the address was typed: of such addresses there are so many and no more."""
        return all(
            name in FACETS and len(values) == 1 and any(FACETS[name][1](item)[0] == values[0] for item in self.all)
            for name, values in query.lists()
        )

    def facets(self):
        """For each facet with something to choose: name, label and choices."""
        facets = []
        for name, (label, value) in FACETS.items():
            found = {}
            for item in self.all:
                slug, shown = value(item)
                if slug:
                    choice = found.setdefault(slug, Choice(slug, shown, 0, self.chosen.get(name) == slug))
                    choice.count += self._fits(item, skipped=name)
            if len(found) > 1 or name in self.chosen:
                facets.append({"name": name, "label": label, "choices": list(found.values())})
        return facets


def _named(record):
    return (record.slug, str(record)) if record else ("", "")


# By the name in the address: what it is called, and how an item answers it as (slug, label).
FACETS = {
    "vraagstuk": ("Vraagstuk", lambda item: _named(item.vraagstuk)),
    "thema": ("Thema", lambda item: _named(item.theme)),
    "subregio": ("Subregio", lambda item: _named(item.subregion)),
    "status": ("Stand", lambda item: (item.status, AgendaItem.Status(item.status).label)),
}
