"""The samples of a project leader: they come with the accounts of the demo, and go with all other samples."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from tests.factories import (
    KoploperFactory,
    KoploperParticipationFactory,
    OrganisationFactory,
    ReflectionFactory,
    RegionalPactFactory,
    RoundFactory,
)
from tests.loaded import put_content
from volgspot.models import Evaluation
from workplace import changes
from workplace.due import due_for
from workplace.models import Proposal
from zorgpact.loading.leaders import LEADER, load_leaders
from zorgpact.loading.samples import remove_samples

FOLDER = settings.BASE_DIR / "content" / "samples" / "projectleider"


@pytest.fixture
def samples(db):
    """What they hang on."""
    round = RoundFactory(slug="ronde-3")
    for name in ("de-polder", "plassen-en-weiden"):
        pact = RegionalPactFactory(slug=f"voorbeeldpact-{name}", is_sample=True)
        ReflectionFactory(pact=pact, round=round, is_sample=True)
    koploper = KoploperFactory(slug="voorbeeld-wijkleerteam-in-vier-dorpen", is_sample=True)
    corporation = OrganisationFactory(slug="voorbeeldcorporatie-goed-wonen", is_sample=True)
    KoploperParticipationFactory(koploper=koploper, organisation=corporation)


@pytest.fixture
def make_accounts(settings):
    settings.PORTAL_DEMO, settings.PORTAL_DEMO_PASSWORD = True, "demo-7f3k9"
    return lambda: call_command("make_demo_accounts", stdout=StringIO())


def test_they_come_once_with_the_accounts(samples, make_accounts):
    assert load_leaders(FOLDER) == {}

    make_accounts()
    assert (Proposal.objects.count(), Evaluation.objects.count()) == (4, 2)
    Proposal.objects.first().delete()
    make_accounts()
    assert Proposal.objects.count() == 3
    assert load_leaders(FOLDER, restore=True) == {"voorstellen": 1}


def test_accounts_without_samples_get_nothing(make_accounts, db):
    make_accounts()

    assert not Proposal.objects.exists()


def test_they_fit_what_the_pages_say(make_accounts, db):
    put_content()
    make_accounts()

    said = {proposal.status: changes.now(proposal) == changes.new(proposal) for proposal in Proposal.objects.all()}
    assert said == {"open": False, "overgenomen": True, "teruggegeven": False}
    assert [p.kind for p in Proposal.objects.open() if changes.now(p) != p.before] == ["andere-fase"]
    assert "Voorbeeld: Wijkleerteam in vier dorpen: een deelnemer stopt" in [
        due.title for due in due_for(User.objects.get(email=LEADER))
    ]


def test_files_come_and_go_with_them(samples, make_accounts, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.PORTAL_UPLOADS_DIR = tmp_path

    with django_capture_on_commit_callbacks(execute=True):
        make_accounts()
    assert {path.name for path in tmp_path.iterdir()} == set(Evaluation.objects.values_list("stored_as", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        remove_samples()
    assert (Proposal.objects.count(), list(tmp_path.iterdir())) == (0, [])
