"""What is not public stands nowhere: a secret word in every field that no page may show, looked for on every page.

Of mails and of files for colleagues: tests/regels/test_leaks_to_others.py.
"""

import datetime
import io
import itertools
import re
import zipfile
from collections import defaultdict
from contextlib import nullcontext

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from accounts.models import User
from kopgroep.models import Koploper
from programme.fields import PartialDateField
from programme.history import history_may_change, owner_field
from programme.models import Published
from programme.version import APPS
from regels.models import Attachment, Case, Message, ObstacleMove
from regions.models import RegionalPact
from tests import factories
from tests.walk import addresses, choices_of
from volgspot.content import for_audience
from volgspot.models import Audience, Evaluation, Round, Section, SectionKind, Version
from workplace.models import Proposal
from zorgpact import uploads

SECRET, OPEN = "geheimwoord", "openbaarwoord"
MOST_PAGES = 600
# Not to be changed, but for the words of this test.
APPEND_ONLY = {Message, ObstacleMove}
# With the own token of each record; see tests/regels/test_asking_status.py.
BEHIND_A_TOKEN = ("ruimte-in-de-regels/vraag-stellen/<", "ruimte-in-de-regels/mijn-vraag/<")
WORD = re.compile(rf"{SECRET}(\d+)", re.IGNORECASE)
LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)')
# Tables that the portal keeps for itself, with how a record is made.
INTERNAL = {"LoadedRecord", "HistorySwitch", "ContentVersion", "OldAddress", "Tries"}
MODELS = [m for label in APPS for m in apps.get_app_config(label).get_models() if m.__name__ not in INTERNAL]


def words_of(model):
    """The fields of `model` that hold text of one's own."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not isinstance(field, PartialDateField)
        and (field.max_length or 99) > 20
    ]


class World:
    """A public record of every kind with secrets in it, hidden ones that are all secret, and everything tied together."""

    def __init__(self):
        self.meaning, self.numbers = {}, itertools.count(1000)
        self.user = User.objects.create(email=f"{self.secret('account')}@voorbeeld.example", name=self.secret("naam"))
        self.public, self.hidden = {}, {}
        for model in MODELS:
            self.public[model] = self.make(model, self.public, hide=False)
            self.hidden[model] = self.make(model, self.hidden, hide=True)
        for model in MODELS:
            self.tie(model)
        self.file()
        factories.MailFactory(subject=self.secret("mail"), text=self.secret("mail"), to="x@voorbeeld.example")
        self.propose()
        factories.LoadedRecordFactory(key=self.secret("ingelezen"))

    def secret(self, what):
        self.meaning[str(len(self.meaning))] = what
        return f"{SECRET}{len(self.meaning) - 1}"

    def make(self, model, related, hide):
        """A record that points at records of the same sort; a hidden one is not published, and may lie ahead."""
        points_at = {
            field.name: related[field.related_model]
            for field in model._meta.fields
            if field.many_to_one and field.related_model in related
        }
        if model is Attachment:
            # It hangs on a draft or on a question.
            del points_at["draft"]
        record = getattr(factories, f"{model.__name__}Factory")(**points_at)
        public = set() if hide and self.is_hidden(model) else {*model.public_fields}
        for field in words_of(model):
            word = (
                f"{OPEN}{next(self.numbers)}"
                if field.name in public
                else self.secret(f"{model._meta.label}.{field.name}")
            )
            setattr(record, field.name, f"https://{word}.example/" if isinstance(field, models.URLField) else word)
        for name in ("confirmed_by", "recorded_by"):
            if hasattr(record, f"{name}_id"):
                setattr(record, f"{name}_id", self.user.pk)
        if hide and issubclass(model, Published):
            record.published_at = None
        if hide and model is Case:
            record.status = Case.Status.SECOND_READER
        if hide and model is Round:
            record.opens = datetime.date(2099, 1, 1)
        if model is Evaluation:
            # A file, so no page.
            record.url = ""
        if model.__name__ != "PhaseChange":
            with history_may_change("words to look for") if model in APPEND_ONLY else nullcontext():
                record.save()
        return record

    def file(self):
        """A report with words for everybody beside words for partners and for the team; and a draft with words of its own."""
        version, section = self.public[Version], self.public[Section]
        kinds = {
            kind: {"kind": kind, "title": kind.label, "skipped_because": "", "fields": {}, "rows": {}}
            for kind in SectionKind
        }
        for audience, kind in zip(Audience, SectionKind, strict=False):
            word = (
                f"{OPEN}{next(self.numbers)}" if audience == Audience.PUBLIC else self.secret(f"report for {audience}")
            )
            kinds[kind] |= {"audience": audience, "fields": {"question": word, "text": word}}
        rows = [
            {"id": f"r{n}", "text": self.secret(f"row for {a}") if n else "voor iedereen", "title": "", "audience": a}
            for n, a in enumerate(Audience)
        ]
        sections = [{"audience": Audience.PUBLIC} | one for one in kinds.values()]
        sections[-1]["rows"] = {"success": rows, "failed": rows, "agreements": rows}
        content = {
            "pact": "",
            "round": {},
            "sections": sections,
            "gaps": [["ambition", self.secret("gap")]],
            "spread": [],
            "evaluations": [
                {
                    "id": self.attached(version, a),
                    "title": self.secret(f"evaluation for {a}") if n else "Evaluatie voor iedereen",
                    "dated": "2018",
                    "url": "",
                    "file_name": f"{self.secret('file name')}.pdf" if n else "evaluatie.pdf",
                    "size": 1000,
                    "audience": a,
                }
                for n, a in enumerate(Audience)
            ],
        }
        content["sections"][1] |= {"audience": Audience.PARTNERS}
        version.content, version.public_content = content, for_audience(content, Audience.PUBLIC)
        version.save()
        self.hidden[Version].content = self.hidden[Version].public_content = {
            "sections": [],
            "secret": self.secret("unpublished"),
        }
        Version.objects.filter(pk=self.hidden[Version].pk).update(
            published_at=None, content=self.hidden[Version].content, public_content=self.hidden[Version].public_content
        )
        section.data = {"text": self.secret("draft")}
        section.save()

    def attached(self, version, audience):
        """An evaluation with a file that is all secret, but for who may read it."""
        words = b"voor iedereen" if audience == Audience.PUBLIC else self.secret(f"file for {audience}").encode()
        stored = uploads.store(uploads.Upload("evaluatie.pdf", words))
        return factories.EvaluationFactory(
            reflection=version.reflection, stored_as=stored, audience=audience, added_by=self.user
        ).pk

    def propose(self):
        """What leaders propose, waiting and decided."""
        for status in Proposal.Status:
            for target in ({"pact": self.public[RegionalPact]}, {"pact": None, "koploper": self.public[Koploper]}):
                factories.ProposalFactory(
                    **target,
                    kind=Proposal.Kind.JOINS,
                    status=status,
                    made_by=self.user,
                    data={
                        "organisation": {"name": self.secret("proposed organisation"), "pk": None},
                        "role": "partner",
                        "since": "2020",
                    },
                    before=self.secret("proposal: what was there"),
                    reason=self.secret("proposal: why"),
                    answer=self.secret("proposal: answer"),
                )

    def is_hidden(self, model):
        """Rows go with their record; what is in a short list is public by itself."""
        return issubclass(model, Published) or bool(owner_field(model))

    def tie(self, model):
        """Everything hidden hangs on something public too: as one of several, and as what a row points at."""
        record = self.public[model]
        for field in model._meta.many_to_many:
            if field.remote_field.through._meta.auto_created and field.related_model in self.hidden:
                getattr(record, field.name).add(self.public[field.related_model], self.hidden[field.related_model])
        owner = owner_field(model)
        for field in model._meta.fields:
            shown = owner and field.name != owner and model.public_fields
            if shown and field.many_to_one and issubclass(field.related_model, Published):
                to = {owner: self.public[model._meta.get_field(owner).related_model]}
                getattr(factories, f"{model.__name__}Factory")(**to, **{field.name: self.hidden[field.related_model]})


@pytest.fixture
def world(db, settings, tmp_path):
    settings.PORTAL_UPLOADS_DIR = tmp_path
    return World()


def starts():
    """Every address that the portal has, with every choice, and every slug of a record of that part of the site."""
    slugs = defaultdict(set)
    for model in MODELS:
        for record in model.objects.all() if hasattr(model, "get_absolute_url") else []:
            slugs[record.get_absolute_url().split("/")[1]].add(record.slug)
    rounds = set(Round.objects.values_list("slug", flat=True))
    for address in addresses():
        if address.route.startswith(
            ("beheer/", "mijn/", "inloggen/", "uitloggen/", "mening/", "uitnodiging/", *BEHIND_A_TOKEN)
        ):
            continue
        if address.name == "reports:evaluation":
            yield from (address.filled(filling) for filling in of_evaluations())
            continue
        if "<str:token>" in address.route:
            continue
        fillings = [{}]
        for name, pattern in address.arguments:
            here = slugs[address.route.split("/")[0]]
            values = choices_of(pattern) or (here if "slug" in name else rounds if name == "round" else None)
            assert values, f"Say in tests/site/test_leaks.py with what to ask {address.route}"
            fillings = [filling | {name: value} for filling in fillings for value in sorted(values)]
        yield from (address.filled(filling) for filling in fillings)


def of_evaluations():
    """Each with the report that it belongs to; with another it is nowhere."""
    for evaluation in Evaluation.objects.select_related("reflection__pact", "reflection__round"):
        reflection = evaluation.reflection
        yield {"slug": reflection.pact.slug, "round": reflection.round.slug, "pk": evaluation.pk}


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


def outputs():
    """(address, text, headers) of all that a visitor can get, the answers to filters and wrong addresses too."""
    client, waiting, seen = Client(raise_request_exception=False), list(starts()), set()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen or address.startswith(("/static/", "/inloggen/", "/mijn/", "/beheer/")):
            continue
        seen.add(address)
        response = client.get(address)
        text = text_of(response)
        assert response.status_code != 500, address
        yield address, text, str(response.headers)
        if response.get("Content-Type", "").startswith("text/html"):
            # Each filter by itself: what two of them give is a part of what one gives.
            links = [link.replace("&amp;", "&") for link in LINK.findall(text)]
            waiting += [link for link in links if "?" not in link or "?" not in address]
            if "?" not in address:
                waiting += [f"{address}?{name}={value}" for name, value in choices_in(text)]


def choices_in(page):
    """The filters that a page offers, as (name, value)."""
    for tag in re.findall(r"<input[^>]*>", page):
        found = dict(re.findall(r'(type|name|value)="([^"]*)"', tag))
        if found.get("type") in ("checkbox", "radio") and found.get("value"):
            yield found["name"], found["value"]


def open_words_of(record):
    """The words in it that everybody may read."""
    values = (str(getattr(record, field.name)) for field in words_of(type(record)))
    return [word for value in values for word in re.findall(rf"{OPEN}\d+", value)]


@pytest.mark.norm("ASVS-15.3.1", "ASVS-8.2.3", "BIO-8.27.01")
def test_no_output_holds_what_is_not_public(world):
    found, shown, pages = {}, "", 0
    for address, text, headers in outputs():
        pages += 1
        shown += text.lower()
        # A page may repeat what the visitor asked for.
        for number in WORD.findall(text.replace(address, "") + headers.replace(address, "")):
            if f"{SECRET}{number}" not in address:
                found.setdefault(world.meaning[number], address)

    assert found == {}
    assert pages < MOST_PAGES, "There is more to look at than this test looks at."
    # Something could have leaked: of each kind of record there is something on some page.
    words = set(re.findall(rf"{OPEN}\d+", shown))
    kinds = [world.public[model] for model in MODELS if issubclass(model, Published)]
    unseen = [type(record).__name__ for record in kinds if not words & set(open_words_of(record))]
    assert unseen == []


@pytest.mark.norm("ASVS-15.3.1")
def test_every_model_says_what_of_it_is_public():
    assert [model._meta.label for model in MODELS if not hasattr(model, "public_fields")] == []


@pytest.mark.parametrize(("model", "address"), [("RegionalPact", "/regionale-pacten/"), ("Koploper", "/kopgroep/")])
def test_what_is_not_public_cannot_be_guessed_by_searching(world, model, address):
    record = next(record for kind, record in world.public.items() if kind.__name__ == model)
    client = Client()

    assert record.get_absolute_url() in client.get(address, {"q": str(record)}).content.decode()
    assert record.get_absolute_url() not in client.get(address, {"q": SECRET}).content.decode()
