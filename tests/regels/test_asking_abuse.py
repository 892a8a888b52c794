"""Hostile submissions, thousands of them: no error of ours, no file outside the rules, nothing carried out.

`make test` sends 500, and always the same ones; `make abuse` sends 10,000 others each time.
"""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from hypothesis import HealthCheck, given, settings

from regels import retention
from regels.attachments import looked_into
from regels.models import Attachment, Draft, Question
from tests.regels.asking import FROM_HERE, Asker
from tests.regels.hostile import CANARY, SCRIPT, files, path_of, submissions

TIMES = int(os.environ.get("ABUSE_TIMES", "500"))
CORPUS = files()
COUNT = {"sent": 0, "kept": 0}


class Target:
    """A draft that is being filled in and a question that is being answered; made again where one is gone."""

    def __init__(self):
        self.asker, self.draft, self.link = Asker(), "", ""

    def stand(self):
        from regels.models import StatusLink
        from tests.factories import QuestionFactory

        if not self.draft or self.asker.client.get(f"{self.draft}vraag/").status_code != 200:
            self.draft = self.asker.fill_all()
        if not self.link or not Question.objects.open().exists():
            question = QuestionFactory(status=Question.Status.ASSIGNED, email="vrager@voorbeeld.example")
            self.link = f"/ruimte-in-de-regels/mijn-vraag/{StatusLink.objects.make(question)}/"
        if Attachment.objects.filter(draft__isnull=False).count() >= Attachment.MOST:
            for attachment in Attachment.objects.all():
                (retention.folder() / attachment.stored_as).unlink()
            Attachment.objects.all().delete()


@pytest.fixture
def target(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.PORTAL_LIMITS_TIMES = 10**6
    settings.PORTAL_ASKING_TAKES_SECONDS = 0
    yield Target()
    print(f"\n{COUNT['sent']} vijandige verzendingen, {COUNT['kept']} bestanden bewaard volgens de regels.")


def send(client, path, fields, file, how):
    """As a browser does, or in a way that no browser would."""
    if file:
        return client.generic("POST", path, with_file(fields, *file), MULTIPART_CONTENT)
    if how == "form":
        return client.post(path, fields)
    if how == "plain":
        pairs = [(n, v) for n, vs in fields.items() for v in (vs if isinstance(vs, list) else [vs])]
        body = "&".join(f"{quote(n)}={quote(v.encode('utf-16', 'replace'))}" for n, v in pairs)
        return client.post(path, body, "application/x-www-form-urlencoded")
    if how == "raw":
        return client.generic("POST", path, repr(fields).encode("utf-8", "replace") + b"\0\xff", MULTIPART_CONTENT)
    return client.post(path, repr(fields), "application/json")


def with_file(fields, name, content):
    """The body with this name of the file to the letter: Django's own test client sends no folders, and refuses no name."""
    body = encode_multipart(BOUNDARY, fields | {"file": SimpleUploadedFile("naam", content)})
    return body.replace(b'filename="naam"', b'filename="' + name.encode() + b'"', 1)


@pytest.mark.norm("ASVS-1.2.4", "ASVS-5.2.2")
@settings(
    max_examples=TIMES,
    deadline=None,
    derandomize=TIMES == 500,
    database=None,
    suppress_health_check=[*HealthCheck],
)
@given(sent=submissions(CORPUS))
def test_nothing_that_is_sent_does_harm(target, sent):
    target.stand()
    place, fields, file, how = sent
    guess = quote(str(fields.get("question", "x"))[:80].replace("/", "") or "x", safe="")
    client = Client(raise_request_exception=False, **FROM_HERE)
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = send(client, path_of(place, target.draft, target.link, guess), fields, file, how)
    COUNT["sent"] += 1
    assert response.status_code < 500, (sent, response.status_code)
    assert not response.cookies
    if "Content-Disposition" not in response:
        assert SCRIPT not in response.content.decode(), sent
    look_at_what_is_kept()


def look_at_what_is_kept():
    """Every file has a row and a random name, and is of the kind that the row says; there is nothing beside them."""
    var, folder = Path(retention.folder()).parent, retention.folder()
    kept = {attachment.stored_as: attachment for attachment in Attachment.objects.all()}
    found = {path.name for path in folder.iterdir()} if folder.exists() else set()
    assert found == kept.keys()
    assert {path.name for path in var.iterdir()} <= {folder.name}
    assert Attachment.objects.filter(draft__isnull=False).count() <= Attachment.MOST
    for name, attachment in kept.items():
        content = (folder / name).read_bytes()
        assert len(content) <= Attachment.MAX_SIZE
        assert looked_into(f"x.{attachment.kind}", content)
        assert SCRIPT.encode() not in content
        COUNT["kept"] += 1
    assert not Path("/tmp", CANARY).exists()
    assert not Path(CANARY).exists()
    assert all(len(str(draft.steps)) < 200_000 for draft in Draft.objects.all())
