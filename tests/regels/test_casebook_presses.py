"""“Dit speelt bij mij ook”, “was dit nuttig?” and hearing of an obstacle: without account, cookie or script."""

import re

import pytest
from django.test import Client

from outbox.models import Mail
from regels.following import token_of
from regels.models import AlsoMine, Follower, Verdict
from tests import factories as f

pytestmark = pytest.mark.django_db
OURS = {"sec-fetch-site": "same-origin"}
NETWORKS = [f"198.51.100.{number}" for number in range(1, 90)]


class Reader(Client):
    """A browser at an address of its own, that says where its forms come from."""

    def __init__(self, address="192.0.2.1", agent="Firefox", **kwargs):
        super().__init__(REMOTE_ADDR=address, headers={"user-agent": agent, **OURS}, raise_request_exception=False)


def also(obstacle):
    return f"{obstacle.get_absolute_url()}ook-bij-mij/"


def useful(case):
    return f"{case.get_absolute_url()}nuttig/"


# --- This plays with me too -----------------------------------------------------------------------


def test_press_counts_with_its_province_and_sets_no_cookie():
    obstacle, province, reader = f.ObstacleFactory(), f.ProvinceFactory(name="Zeeland", slug="zeeland"), Reader()
    f.CaseFactory(obstacle=obstacle)

    answer = reader.post(also(obstacle), {"provincie": "zeeland"}, follow=True)

    assert AlsoMine.objects.get().province == province
    assert "wij tellen u mee" in answer.content.decode()
    assert not reader.cookies
    page = reader.get(obstacle.get_absolute_url()).content.decode()
    assert "<strong>1 keer gemeld</strong>, in 1 provincie." in page
    assert "Zeeland: 1" in page


def test_form_on_the_page_of_a_case_leads_to_the_press():
    case = f.CaseFactory(obstacle=f.ObstacleFactory())
    page = Reader().get(case.get_absolute_url()).content.decode()
    assert f'action="{also(case.obstacle)}"' in page
    assert f'action="{useful(case)}"' in page
    assert "csrfmiddlewaretoken" not in page
    assert "ook-bij-mij" not in Reader().get(f.CaseFactory().get_absolute_url()).content.decode()


def test_one_person_counts_once_for_each_obstacle():
    one, other, reader = f.ObstacleFactory(), f.ObstacleFactory(), Reader()
    reader.post(also(one))
    again = reader.post(also(one), follow=True)
    reader.post(also(other))
    Reader(agent="Chrome").post(also(one))
    Reader("192.0.2.9").post(also(one))

    assert "U was al meegeteld" in again.content.decode()
    assert (one.also.count(), other.also.count()) == (3, 1)
    hashes = set(AlsoMine.objects.values_list("person_hash", flat=True))
    assert len(hashes) == 4
    assert not any("192.0.2" in str(value) or "Firefox" in str(value) for value in hashes)


def test_looking_changes_nothing():
    obstacle, case = f.ObstacleFactory(), f.CaseFactory()
    for address in (also(obstacle), useful(case)):
        assert Reader().get(address).status_code == 200
        assert Reader().head(address).status_code == 200
        assert Reader().get(address)["X-Robots-Tag"] == "noindex"
    assert (AlsoMine.objects.count(), Verdict.objects.count()) == (0, 0)


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://elders.example"}, {}])
def test_form_of_another_site_counts_nothing(headers):
    obstacle, case = f.ObstacleFactory(), f.CaseFactory()
    elsewhere = Client(headers=headers)
    assert elsewhere.post(also(obstacle)).status_code == 403
    assert elsewhere.post(useful(case), {"nuttig": "ja"}).status_code == 403
    assert (AlsoMine.objects.count(), Verdict.objects.count()) == (0, 0)


def test_what_is_not_public_cannot_be_pressed():
    obstacle, case = f.ObstacleFactory(published_at=None), f.CaseFactory(status="concept", published_at=None)
    assert Reader().post(also(obstacle)).status_code == 404
    assert Reader().post(useful(case), {"nuttig": "ja"}).status_code == 404


NONSENSE = ["onbekend", "x" * 100_000, "<script>alert(1)</script>", "\u202ezeeland", "' OR 1=1 --", "😀" * 500]


@pytest.mark.parametrize("value", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_said_to_be_wrong_and_counts_nothing(value):
    obstacle, case = f.ObstacleFactory(), f.CaseFactory()
    for address, fields in [
        (also(obstacle), {"provincie": value}),
        (also(obstacle), {"email": value}),
        (useful(case), {"nuttig": value}),
    ]:
        answer = Reader().post(address, fields)
        assert answer.status_code == 400
        assert "Dit klopt nog niet" in answer.content.decode()
        assert "<script>alert" not in answer.content.decode()
    assert (AlsoMine.objects.count(), Verdict.objects.count(), Follower.objects.count()) == (0, 0, 0)


def test_bytes_that_are_no_text_and_a_nul_get_a_clear_answer():
    obstacle = f.ObstacleFactory()
    for body in (b"provincie=%ff%fe", b"provincie=%00", b"email=a%00@b.example"):
        answer = Reader().post(also(obstacle), body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 400
    assert not AlsoMine.objects.exists()


def test_limit_holds_and_says_so():
    obstacles = [f.ObstacleFactory() for _ in range(21)]
    reader = Reader()
    answers = [reader.post(also(obstacle)).status_code for obstacle in obstacles]
    assert answers == [302] * 20 + [429]
    assert AlsoMine.objects.count() == 20
    assert Reader("203.0.113.1").post(also(obstacles[20])).status_code == 302


def test_limit_counts_a_network_too():
    obstacle = f.ObstacleFactory()
    answers = [
        Reader(address, agent=agent).post(also(obstacle)).status_code
        for address in NETWORKS[:26]
        for agent in ("A", "B", "C", "D")
    ]
    assert answers == [302] * 100 + [429] * 4


# --- Was this useful? -----------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "is_useful"), [("ja", True), ("nee", False)])
def test_verdict_with_a_remark_is_kept(said, is_useful):
    case, reader = f.CaseFactory(), Reader()
    answer = reader.post(useful(case), {"nuttig": said, "opmerking": " De link werkt niet. "}, follow=True)
    verdict = Verdict.objects.get()
    assert (verdict.is_useful, verdict.remark) == (is_useful, "De link werkt niet.")
    assert "Dank u wel" in answer.content.decode()
    assert not reader.cookies
    assert "De link werkt niet." not in reader.get(case.get_absolute_url()).content.decode()


def test_second_verdict_counts_nothing_and_gives_the_remark_back():
    case, reader = f.CaseFactory(), Reader()
    reader.post(useful(case), {"nuttig": "ja"})
    again = reader.post(useful(case), {"nuttig": "nee", "opmerking": "Toch klopt er iets niet."})
    assert again.status_code == 409
    assert "Toch klopt er iets niet." in again.content.decode()
    assert "U gaf al een oordeel" in reader.post(useful(case), {"nuttig": "nee"}, follow=True).content.decode()
    assert [verdict.is_useful for verdict in Verdict.objects.all()] == [True]


def test_verdict_without_a_choice_keeps_what_was_typed():
    answer = Reader().post(useful(f.CaseFactory()), {"opmerking": "Ik mis een voorbeeld."})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Maak een keuze." in text
    assert "Ik mis een voorbeeld." in text
    assert 'href="#id_nuttig_0"' in text


def test_remark_that_is_too_long_is_refused_with_all_of_it():
    remark = "woord " * 500
    answer = Reader().post(useful(f.CaseFactory()), {"nuttig": "ja", "opmerking": remark})
    assert answer.status_code == 400
    assert remark.strip() in answer.content.decode()
    assert not Verdict.objects.exists()


# --- Hearing of it --------------------------------------------------------------------------------


def link_in_mail():
    return re.search(r"/ruimte-in-de-regels/belemmeringen/volgen/\S+/", Mail.objects.get().text).group()


def test_address_hears_nothing_until_its_owner_presses_the_button():
    obstacle, reader = f.ObstacleFactory(), Reader()
    answer = reader.post(also(obstacle), {"email": "Lezer@voorbeeld.example"}, follow=True)
    assert "Wij stuurden een mail" in answer.content.decode()
    assert "lezer@" not in answer.content.decode().lower()

    link = link_in_mail()
    page = reader.get(link)
    assert "Ja, mail mij" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "strict-origin"
    assert not Follower.objects.told().exists()

    assert "U krijgt bericht" in reader.post(link, {"ja": "ja"}, follow=True).content.decode()
    assert [follower.email for follower in Follower.objects.told()] == ["lezer@voorbeeld.example"]
    assert AlsoMine.objects.count() == 1


def test_stopping_takes_the_address_away():
    follower = f.FollowerFactory()
    link = f"/ruimte-in-de-regels/belemmeringen/volgen/{token_of(follower)}/"
    answer = Reader().post(link, {"stop": "ja"}, follow=True)
    assert answer.status_code == 200
    assert "U krijgt geen berichten meer" in answer.content.decode()
    assert not Follower.objects.exists()
    assert Reader().get(link).status_code == 404


@pytest.mark.parametrize("token", ["onzin", "WzEsImFAYi5ubCJd:vals", "x" * 1000, "%3Cscript%3E", "é"])
def test_made_up_link_opens_nothing(token):
    f.FollowerFactory()
    link = f"/ruimte-in-de-regels/belemmeringen/volgen/{token}/"
    assert Reader().get(link).status_code == 404
    assert Reader().post(link, {"stop": "ja"}).status_code == 404
    assert Follower.objects.count() == 1


def test_link_of_one_follower_does_nothing_to_another():
    one, other = f.FollowerFactory(), f.FollowerFactory()
    Reader().post(f"/ruimte-in-de-regels/belemmeringen/volgen/{token_of(one)}/", {"stop": "ja"})
    assert list(Follower.objects.all()) == [other]


def test_other_words_in_the_form_change_nothing():
    follower = f.FollowerFactory()
    Reader().post(f"/ruimte-in-de-regels/belemmeringen/volgen/{token_of(follower)}/", {"iets": "anders"})
    follower.refresh_from_db()
    assert follower.confirmed_at is None


def test_only_a_few_addresses_get_a_mail_from_one_place():
    obstacle, reader = f.ObstacleFactory(), Reader()
    answers = [reader.post(also(obstacle), {"email": f"{n}@voorbeeld.example"}).status_code for n in range(6)]
    assert answers == [302] * 5 + [429]
    assert Mail.objects.count() == 5
