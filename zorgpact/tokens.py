"""Secret links: the address holds a token that nobody can guess, the database only its hash."""

import hashlib
import secrets


def new_token():
    """256 bits, fit for an address."""
    return secrets.token_urlsafe(32)


def hash_of(token):
    """What is kept of a token: a leaked database opens no link. A token is too long to try, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
