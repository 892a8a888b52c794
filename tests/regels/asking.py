"""A visitor who asks: types, presses buttons, and reads what the pages and mails say."""

import re

from django.test import Client

from outbox.models import Mail

ASK = "/ruimte-in-de-regels/vraag-stellen/"
FROM_HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LINK = re.compile(r"http://[^/]+(/ruimte-in-de-regels/mijn-vraag/[^/\s]+/)")
STATE = re.compile(r'name="stand" value="(\w*)"')
TYPED = {
    "vraag": {"question": "Mogen wij lesgeven op de werkvloer?", "goal": "Meer tijd bij de cliënt."},
    "regel": {"said_by": "inspectie", "written_where": "artikel 7", "tried": "Wij belden."},
    "waar": {"organisation_name": "Zorghuis"},
    "antwoord": {"email": "vrager@voorbeeld.example", "name": "Vera Vrager", "may_become_case": "on"},
}


class Asker:
    def __init__(self, **headers):
        self.client = Client(**FROM_HERE | headers)

    def post(self, path, data=None, **more):
        return self.client.post(path, data or {}, **more)

    def start(self, question=TYPED["vraag"]["question"]):
        """Begin a draft; gives its address."""
        response = self.post(ASK, {"question": question, "verder": "ja"})
        assert response.status_code == 302, response.content.decode()
        return response["Location"].removesuffix("vraag/")

    def state(self, path):
        return STATE.search(self.client.get(path).content.decode()).group(1)

    def fill(self, draft, step, typed=None, **more):
        path = f"{draft}{step}/"
        return self.post(path, {"stand": self.state(path)} | (TYPED[step] if typed is None else typed) | more)

    def fill_all(self):
        """A draft with every step filled in."""
        draft = self.start()
        for step in ("vraag", "regel", "waar"):
            assert self.fill(draft, step).status_code == 302
        assert self.post(f"{draft}bijlagen/", {"verder": "ja"}).status_code == 302
        assert self.fill(draft, "antwoord").status_code == 302
        return draft

    def send(self, draft, **more):
        return self.post(f"{draft}controle/", {"stand": self.state(f"{draft}controle/"), "versturen": "ja"} | more)


def link_in(mail):
    return LINK.search(mail.text).group(1)


def last_link(kind="regels.confirm"):
    """The address of the asker's own page, as the newest mail of a kind gives it."""
    return link_in(Mail.objects.filter(kind=kind).latest("pk"))
