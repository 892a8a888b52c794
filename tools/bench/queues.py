"""How fast the queues of questions are: `python -m tools.bench.queues 500 50000`, on the database of `DATABASE_URL`.

Fills it to each number in turn and asks every queue as an officer, and the page of one question. Of the first ones half is open, so that lists are
as long as a page; of the rest one in ten, spread over all that an open one can be. Of the others most are anonymised,
as they would be. Prints JSON: number → queue → queries and milliseconds.
"""

import datetime
import json
import os
import random
import sys

OPEN_SHARE, KEPT_SHARE = 0.1, 0.3
FIRST, OPEN_SHARE_OF_FIRST = 500, 0.5
BATCH = 2000
WORDS = [
    "mag",
    "student",
    "roc",
    "verpleegkundige",
    "bevoegdheid",
    "stage",
    "toezicht",
    "wijkteam",
    "praktijk",
    "uren",
    "subsidie",
    "zij-instromer",
]


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorgpact.settings")
    # Sets the portal up as the server does.
    import zorgpact.wsgi  # noqa: F401

    print(json.dumps({number: measure(number) for number in map(int, sys.argv[1:])}))


def measure(number):
    from django.db import connection

    from regels.queues import QUEUES

    from .asking import costs

    client = officer()
    fill(number)
    with connection.cursor() as cursor:
        # What PostgreSQL does by itself after a while.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    addresses = {slug: f"/beheer/regels/question/?rij={slug}" for slug in QUEUES}
    addresses["een vraag"] = f"/beheer/regels/question/{unlike_others().pk}/change/"
    pages, _pace = costs(client, addresses)
    return {name: page | {"ms": round(page["ms"], 1)} for name, page in pages.items()}


def officer():
    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from accounts.roles import OCW, set_roles

    settings.PORTAL_DEMO = True
    user, _new = User.objects.get_or_create(email="meten@voorbeeld.example", defaults={"name": "Voor het meten"})
    set_roles(user, [OCW])
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def fill(number):
    from accounts.models import User
    from regels.models import Ministry, Question

    there = Question.objects.count()
    chance = random.Random(there)  # noqa: S311 - the same questions each time
    ministries, owner = list(Ministry.objects.all()), User.objects.get(email="meten@voorbeeld.example")
    for first in range(there, number, BATCH):
        numbers = range(first, min(number, first + BATCH))
        Question.objects.bulk_create([question(chance, n, ministries, owner) for n in numbers])


def unlike_others():
    """A question with words that no other has: looking for what is like it takes longest."""
    from django.utils import timezone

    from regels.models import Question

    words = "Mag een orthopedagoog xylofoonlessen geven zonder klassenassistent buiten openingstijden?"
    asked = {
        "question": words,
        "status": Question.Status.NEW,
        "confirmed_at": timezone.now(),
        "email": "een@voorbeeld.example",
    }
    return Question.objects.get_or_create(year=1999, number=1, defaults=asked)[0]


def question(chance, number, ministries, owner):
    from django.utils import timezone

    from regels.models import Question

    now, status = timezone.now(), Question.Status
    confirmed = now - datetime.timedelta(minutes=chance.randrange(1, 2_000_000))
    made = Question(
        year=2000, number=number + 1, confirmed_at=confirmed, clock_from=confirmed.date(), ministry=chance.choice(ministries),
        question=" ".join(chance.choices(WORDS, k=30)), email="vrager@voorbeeld.example", may_become_case=chance.random() < 0.5,
    )  # fmt: skip
    if chance.random() < (OPEN_SHARE_OF_FIRST if number < FIRST else OPEN_SHARE):
        made.status = chance.choice(Question.OPEN)
        made.owner = owner if chance.random() < 0.1 else None
        if made.status == status.WAITING:
            made.waiting_since = now
        else:
            made.answer_due_on = (now + datetime.timedelta(days=chance.randrange(-3, 14))).date()
        return made
    made.status, made.outcome = status.CLOSED, "regel-verhelderd"
    made.answered_at = made.first_answered_at = made.closed_at = confirmed + datetime.timedelta(days=9)
    if chance.random() > KEPT_SHARE:
        made.question = made.email = ""
        made.anonymised_at = now
    elif chance.random() < 0.95:
        made.no_case_because = "Komt weinig voor."
    return made


if __name__ == "__main__":
    main()
