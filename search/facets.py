"""Kind, theme and province as terms of the index.

A filter that is a term of the search costs next to nothing; a filter on the rows that a search gives made
the search of one kind a hundred times slower.
"""

import re

_NOT_PLAIN = re.compile("[^a-z0-9]")
# The order of the filters on the page; `theme` and `province` are filled by the parts that know them.
KIND, THEME, PROVINCE = "soort", "thema", "provincie"
NAMES = (KIND, THEME, PROVINCE)
# No word of a text begins so: words that do are cut off in the analysis of a query.
MARK = "0f"
_LETTER = {KIND: "k", THEME: "t", PROVINCE: "p"}


def term(name, slug):
    """The term for one choice. Only letters and digits, as every term."""
    return f"{MARK}{_LETTER[name]}{_NOT_PLAIN.sub('0', slug)}"


def terms_of(kind, content):
    return [
        term(KIND, kind),
        *(term(THEME, slug) for slug in sorted(set(content.themes))),
        *(term(PROVINCE, slug) for slug in sorted(set(content.provinces))),
    ]


def name_of(term):
    """Of which filter this is a term."""
    return next(name for name, letter in _LETTER.items() if term[len(MARK)] == letter)
