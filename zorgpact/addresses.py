"""Addresses of pages, kept: a list with a map names a hundred, and to look one up takes Django longer than to print it."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def address(name, *args):
    """As `reverse`, for pages whose address is the same for as long as the server runs."""
    return reverse(name, args=args)
