"""Words that anybody would try first here."""

import re

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
