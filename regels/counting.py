"""Counting what visitors press once a person, as far as that can be without following them.

A press carries a keyed hash of where it came from and of what was pressed. Two presses of one person on two things
cannot be laid side by side, and after `HASH_LIVES` the hash is thrown away; the press stays.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import AlsoMine, Verdict

HASH_LIVES = timedelta(days=30)


def hash_of_person(record, address, agent):
    """Of the network address and the browser, for this one record."""
    return salted_hmac(f"regels.counting {record._meta.label_lower} {record.pk}", f"{address} {agent}", algorithm="sha256").hexdigest()  # fmt: skip


def also_mine(obstacle, *, person_hash, province=None):
    """“Dit speelt bij mij ook”; whether it is new."""
    return _once(AlsoMine, obstacle=obstacle, person_hash=person_hash, province=province)


def judge(case, *, person_hash, is_useful, remark=""):
    """“Was dit nuttig?”; whether it is new."""
    return _once(Verdict, case=case, person_hash=person_hash, is_useful=is_useful, remark=remark.strip()[:2000])


def _once(model, **fields):
    try:
        with transaction.atomic():
            model.objects.create(**fields)
    except IntegrityError:
        return False
    return True


def throw_hashes_away(now=None):
    before = (now or timezone.now()) - HASH_LIVES
    return sum(model.objects.with_old_hash(before).update(person_hash=None) for model in (AlsoMine, Verdict))
