"""What logs say, and what they do not: the secret in the address of a personal link.

Whoever reads a log must not be able to open what it names. A part with a new kind of link adds its address to SECRET;
a test asks every address of the portal that takes a token or key.
"""

import datetime
import ipaddress
import json
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
    "/ruimte-in-de-regels/belemmeringen/volgen/",
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


class AsJson(logging.Formatter):
    """One event is one line, whatever somebody typed; with the time in UTC, and of a request who asked what from where."""

    def format(self, record):
        when = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line = {
            "time": when.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **about(getattr(record, "request", None)),
        }
        if record.exc_info:
            line["exception"] = record.exc_text or self.formatException(record.exc_info)
        if hasattr(record, "status_code"):
            line["status"] = record.status_code
        return json.dumps(line)


def about(request):
    """Nothing is looked up for it: an account is named where somebody has asked for it already."""
    if not hasattr(request, "META") or not hasattr(request, "method"):
        return {}
    user = getattr(request, "_cached_user", None) or request.__dict__.get("user")
    return {
        "method": request.method,
        "path": without_secrets(request.path),
        "network": network_of(request),
        "account": getattr(user, "pk", None),
    }


def network_of(request):
    """Where from, without saying from which machine."""
    from allauth.account.adapter import get_adapter
    from django.core.exceptions import PermissionDenied

    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return None
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))
