"""Numbers as somebody sent them: in an address, in a form, with a button; and one that was not counted to its end."""

LONGEST = 18


def number_of(text):
    """A whole number that a database can look for; 0, the key of no record, where it is none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else 0


class MoreThan(int):
    """More than this number: nobody counted how many."""
