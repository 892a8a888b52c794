"""The casebook of Ruimte in de regels in every state; the records are those of `casebook_records.py`."""

from regels.following import token_of
from regels.models import Follower

from .states import State, open_all, send


def slug(name):
    return lambda: [name]


def follower(email):
    return lambda: [token_of(Follower.objects.get(email=email))]


OBSTACLE = "staat-blijft"

CASEBOOK = [
    State("regels:list"),
    State("regels:list", "met keuzes", query="?uitkomst=eigen-regels&thema=bestaat-niet&sorteer=naam"),
    State("regels:list", "verfijnen", query="#verfijn"),
    State("regels:list", "gezocht", query="?q=mogen+wij+onderwijstijd+verplaatsen"),
    State("regels:list", "niets", query="?q=zzzzzz"),
    State("regels:columns"),
    State("regels:detail", "vol", of=slug("staat-vol"), reach=open_all),
    State("regels:detail", "verouderd", of=slug("staat-verouderd")),
    State("regels:detail", "niet bewaard", of=slug("staat-niet-bewaard")),
    State("regels:detail", "ingetrokken", of=slug("staat-ingetrokken"), status=410),
    State("regels:rule", "vol", of=slug("staat-onderwijstijd")),
    State("regels:rule", "leeg", of=slug("staat-gastdocenten")),
    State("regels:useful", of=slug("staat-vol")),
    State("regels:useful", "fout", of=slug("staat-vol"), reach=send("Verstuur")),
    State("regels:useful", "bedankt", of=slug("staat-vol"), query="?geteld"),
    State("regels:useful", "al gezegd", of=slug("staat-vol"), query="?al-geteld"),
    State("regels:obstacles:list"),
    State("regels:obstacles:list", "met keuzes", query="?status=blijft"),
    State("regels:obstacles:list", "niets", query="?q=zzzzzz"),
    State("regels:obstacles:columns"),
    State("regels:obstacles:detail", "vol", of=slug(OBSTACLE), reach=open_all),
    State("regels:obstacles:detail", "bekend", of=slug("staat-bekend")),
    State("regels:obstacles:also_mine", of=slug(OBSTACLE)),
    State("regels:obstacles:also_mine", "bedankt", of=slug(OBSTACLE), query="?geteld&mail"),
    State("regels:obstacles:also_mine", "al geteld", of=slug(OBSTACLE), query="?al-geteld"),
    State("regels:obstacles:follow", "bevestigen", of=follower("nog-niet@voorbeeld.example")),
    State("regels:obstacles:follow", "stoppen", of=follower("volgt@voorbeeld.example")),
    State("regels:obstacles:follow", "gestopt", of=slug("weg"), query="?gestopt"),
    State("regels:obstacles:follow", "onbekend", of=slug("weg"), status=404),
    State("regels:schemes:list"),
    State("regels:schemes:list", "op datum", query="?sorteer=sluit&status=open&status=sluit-binnenkort"),
    State("regels:schemes:list", "niets", query="?q=zzzzzz"),
    State("regels:schemes:columns"),
    State("regels:schemes:detail", "open", of=slug("staat-sluit-binnenkort")),
    State("regels:schemes:detail", "gesloten", of=slug("staat-gesloten")),
]
