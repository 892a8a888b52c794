"""Numbers as somebody sent them: in an address, in a form, with a button."""

LONGEST = 18


def number_of(text):
    """A whole number that a database can look for; 0, the key of no record, where it is none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else 0
