"""What a password must be, beside not being a common one: long, not what anybody would try first here, not leaked."""

import hashlib
import re
from bisect import bisect_left
from functools import partial
from itertools import pairwise

from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

OWN_WORDS = (
    "zorgpact",
    "kopgroep",
    "koploper",
    "volgspot",
    "ministerie",
    "wachtwoord",
    "welkom",
    *("groningen", "friesland", "fryslan", "drenthe", "overijssel", "flevoland", "gelderland", "utrecht"),
    *("noordholland", "zuidholland", "zeeland", "noordbrabant", "limburg"),
)


class LengthValidator(MinimumLengthValidator):
    """Django's, which says it in English."""

    def get_error_message(self):
        return f"Uw wachtwoord is te kort. Kies minstens {self.min_length} tekens."


class OwnWordsValidator:
    """Refuses a password with a word of the portal, or with a part of the user's own address or name, in it."""

    def validate(self, password, user=None):
        letters = re.sub(r"[\s_-]", "", password.lower())
        for word in (*OWN_WORDS, *words_of(user)):
            if word in letters:
                raise ValidationError(
                    f"In uw wachtwoord staat “{word}”. Dat is te makkelijk te raden. Kies andere woorden.",
                    code="password_has_own_word",
                )

    def get_help_text(self):
        return "Gebruik geen woorden als “zorgpact” en geen delen van uw naam of e-mailadres."


def words_of(user):
    """Parts of four letters and more; a shorter one stands in many a word by chance."""
    text = f"{getattr(user, 'email', '')} {getattr(user, 'name', '')}".lower()
    return [word for word in re.split(r"[^a-z]+", text) if len(word) > 3]


# Rows of a keyboard, of numbers and of letters: what comes next in them, forth or back, is no surprise.
ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyza", "qwertyuiop", "asdfghjkl", "zxcvbnm")
NEXT = {pair for row in (*ROWS, *(row[::-1] for row in ROWS)) for pair in pairwise(row)}
FEWEST_SURPRISES = 8


class SurpriseValidator:
    """Refuses a long password that is a row or a repetition; lists of known passwords hold only short ones."""

    def validate(self, password, user=None):
        # Of a shorter one its length says enough.
        if len(password) > FEWEST_SURPRISES and surprises(password.lower()) < FEWEST_SURPRISES:
            raise ValidationError(
                "Uw wachtwoord is een rij of een herhaling. Dat is te makkelijk te raden. Kies een paar losse woorden.",
                code="password_has_no_surprise",
            )

    def get_help_text(self):
        return "Gebruik geen rij van het toetsenbord en herhaal niet steeds hetzelfde."


def surprises(text):
    """How many characters do not follow from the one before, in what is not repeated from the start."""
    lengths = range(1, len(text) + 1)
    unit = next((text[:n] for n in lengths if text == (text[:n] * len(text))[: len(text)]), "")
    return bool(unit) + sum(a != b and (a, b) not in NEXT for a, b in pairwise(unit))


class LeakedValidator:
    """Refuses a password that stands in the file of leaked ones, where the settings name it. Nobody else is asked."""

    def validate(self, password, user=None):
        wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        if settings.PORTAL_LEAKED_PASSWORDS and is_listed(wanted, settings.PORTAL_LEAKED_PASSWORDS):
            raise ValidationError(
                "Dit wachtwoord is ooit ergens gelekt. Anderen kennen het dus. Kies een paar losse woorden.",
                code="password_has_leaked",
            )

    def get_help_text(self):
        return "Kies geen wachtwoord dat u ook ergens anders gebruikt."


def is_listed(wanted, path):
    """Whether a line of a sorted file begins with `wanted`. It may be tens of gigabytes: looked in by halving."""
    with open(path, "rb") as file:
        size = file.seek(0, 2)
        line = partial(_line_from, file)
        return line(bisect_left(range(size), wanted, key=line)).startswith(wanted)


def _line_from(file, place):
    """The first line that begins at `place` or after it; after the last one something that sorts behind all."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline() or b"~"
