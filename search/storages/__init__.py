"""Where the terms are kept and matched: one storage per database, the same answers.

A storage gets terms that come out of the analysis and exist in the index, never what somebody typed. So no
text of a visitor reaches a query language, and hostile text cannot break it.
"""

from dataclasses import dataclass, field

from django.db import connection

# Of more matches than this an arbitrary part is ranked and counted, which bounds what a common word costs.
BOUND = 1000
# Titles and summaries alone are far fewer words, so of those more can be looked at.
HEAD_BOUND = 4 * BOUND
# To read columns of a document along with its score.
JOINED = " JOIN search_document d ON d.id = found.id"


@dataclass(frozen=True)
class Group:
    """One word of the query: what it may stand for, and how much it says.

    Each alternative is a tuple of terms that must all be there.
    """

    alternatives: tuple
    weight: float = 1.0
    typed: str = ""

    @property
    def terms(self):
        return {term for alternative in self.alternatives for term in alternative}


@dataclass(frozen=True)
class Match:
    """Which documents: all the groups or one of them, and one choice of each filter."""

    groups: tuple
    all_of: bool = True
    # For each filter that is on, the terms of its choices.
    filters: tuple = ()
    filter_names: tuple = field(default=(), compare=False)
    # Whether one filter, whichever, may be left out.
    but_one: bool = False

    def at_most(self, term_counts):
        """How many documents can match at most, the filters aside."""
        of_groups = [
            sum(min(term_counts.get(term, 0) for term in alternative) for alternative in group.alternatives)
            for group in self.groups
        ]
        return min(of_groups) if self.all_of else sum(of_groups)

    def expression(self, term, both, either):
        """The match in the language of a storage; `term` writes one term, `both` and `either` stand between."""
        joined = (both if self.all_of else either).join(
            f"({either.join(f'({both.join(map(term, alternative))})' for alternative in group.alternatives)})"
            for group in self.groups
        )
        choices = [f"({either.join(map(term, terms))})" for terms in self.filters]
        if self.but_one:
            kept = [both.join(choices[:i] + choices[i + 1 :]) for i in range(len(choices))]
            choices = [f"({either.join(f'({part})' for part in kept)})"]
        return both.join([*([f"({joined})"] if joined else []), *choices])


def read_along(columns):
    """In SQL: these columns of the joined document, behind what is selected already."""
    return "".join(f", d.{column}" for column in columns)


def storage():
    """The storage of the database in use."""
    if connection.vendor == "postgresql":
        from . import postgresql

        return postgresql
    from . import sqlite

    return sqlite
