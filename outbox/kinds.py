"""Every kind of mail there is. An app declares its own in `mails.py`; the page in the admin shows them all."""

from collections.abc import Callable
from dataclasses import dataclass

KINDS = {}


@dataclass(frozen=True)
class Kind:
    """One kind of mail. Its words stand in `<template>_subject.txt` and `<template>_message.txt`.

    The message extends `outbox/message.txt` and has each paragraph on one line; both parts of the mail are made of it.
    """

    name: str  # as "accounts.invitation"
    title: str
    purpose: str
    trigger: str
    to_whom: str
    not_sent_when: str
    template: str
    # The context of a mail that looks real, for the page that shows every kind.
    example: Callable[[], dict]
    # Asked with the mail just before it goes: whether it still says something true and useful.
    still_wanted: Callable[[object], bool] | None = None
    is_secret: bool = False

    def __str__(self):
        return self.title


def register(kind):
    if kind.name in KINDS:
        raise ValueError(f"There is a kind of mail “{kind.name}” already.")
    KINDS[kind.name] = kind
    return kind


def is_still_wanted(mail):
    kind = KINDS.get(mail.kind)
    return kind is None or kind.still_wanted is None or kind.still_wanted(mail)
