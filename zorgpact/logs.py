"""What logs do not say: the secret in the address of a personal link.

Whoever reads a log must not be able to open what it names. A part with a new kind of link adds its address to SECRET;
a test asks every address of the portal that takes a token or key.
"""

import logging
import re

# After each of these the next part of the path is the secret.
SECRET = (
    "/mening/",
    "/uitnodiging/",
    "/mijn/account/e-mail/bevestigen/",
    "/mijn/account/wachtwoord/nieuw/",
    "/ruimte-in-de-regels/vraag-stellen/",
    "/ruimte-in-de-regels/mijn-vraag/",
)
# As it stands in a path, and inside `?next=`.
SLASH = r"(?:/|%2F)+"
IN_PATH = re.compile(
    rf"({'|'.join(re.escape(prefix).replace('/', SLASH) for prefix in SECRET)})(?:(?!%2F)[^\s/?&#\"'<>])+",
    re.IGNORECASE,
)
# What the ministry's login hands over.
IN_QUERY = re.compile(r"([?&](?:code|state)=)[^\s&#\"'<>]+")


def without_secrets(text):
    return IN_QUERY.sub(r"\1***", IN_PATH.sub(r"\1***", text))


class WithoutSecrets(logging.Filter):
    """Stands on a handler: also what libraries say passes it, with the text of their exceptions."""

    def filter(self, record):
        try:
            said = record.getMessage()
        except (TypeError, ValueError):
            return True  # the handler says what is wrong with it
        record.msg, record.args = without_secrets(said), ()
        if record.exc_info:
            record.exc_text = without_secrets(logging.Formatter().formatException(record.exc_info))
        return True
