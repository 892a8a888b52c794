"""What holds for every public page: each address that links lead to, with the whole content, read once."""

import html
import json
import re
from dataclasses import dataclass, field
from functools import cache, cached_property

import brotli
import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from organisations.models import Organisation
from regions.models import RegionalPact
from tests import factories as f
from tests.addresses import public_pages
from zorgpact.form_words import EMAIL, REQUIRED

HEAVIEST = 60_000
PORTAL = "https://portaal.example"
# Not on any list of links, or only with a query.
MORE = [
    "/inloggen/",
    "/mijn/account/wachtwoord/vergeten/",
    "/kopgroep/?thema=bestaat-niet",
    "/kopgroep/?pagina=2&sorteer=nieuwste",
    "/kopgroep/?q=huiskamer",
    "/regionale-pacten/?gemeente=utrecht",
    "/regionale-pacten/?gemeente=utrech",
    "/bestaat-niet/",
    "/verhalen/een/",
    "/kopgroep/?q=%00",
]


@dataclass
class Page:
    address: str
    response: object
    parser: object = field(default_factory=lambda: html5lib.HTMLParser(namespaceHTMLElements=False))

    @cached_property
    def text(self):
        return self.response.content.decode()

    @cached_property
    def tree(self):
        return self.parser.parse(self.text)

    @property
    def is_canonical(self):
        return self.response.status_code == 200 and self.canonical == [PORTAL + self.address]

    @property
    def canonical(self):
        return [link.get("href") for link in self.tree.iter("link") if link.get("rel") == "canonical"]

    @property
    def words(self):
        """What somebody reads, without what stands in the head."""
        return " ".join(words_of(self.tree.find("body")).split())

    def data(self):
        """The blocks of data about the page, by kind."""
        found = [e for e in self.tree.iter("script") if e.get("type") == "application/ld+json"]
        return {block["@type"]: block for block in (json.loads(element.text) for element in found)}


def words_of(element):
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "template"):
        return ""
    inside = [element.text or ""]
    for child in element:
        inside += [words_of(child), child.tail or ""]
    return " ".join(inside)


def listed_addresses():
    return re.findall("<loc>(.*?)</loc>", Client().get("/sitemap.xml").content.decode())


@pytest.fixture(scope="module")
def pages(content):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.PORTAL_URL", PORTAL)
        client = Client()
        records = [url.removeprefix(PORTAL) for url in listed_addresses()]
        responses = dict(public_pages(client))
        responses |= {address: client.get(address) for address in [*records, *MORE] if address not in responses}
    found = [
        Page(address, response)
        for address, response in responses.items()
        if response["Content-Type"].startswith("text/html") and not response.has_header("Location")
    ]
    assert len(found) > 60
    return found


@pytest.fixture(scope="module")
def public(pages):
    """Those that search engines should know."""
    return [page for page in pages if page.is_canonical]


def on(pages, look):
    """What `look` finds on each page, by address, where it finds something."""
    return {page.address: found for page in pages if (found := look(page))}


def test_html_is_valid(pages):
    assert on(pages, lambda page: page.tree is not None and page.parser.errors) == {}


def test_links_lead_somewhere(pages):
    """Every address that was followed, and every part of a page that a link points at."""
    assert {p.address for p in pages if p.response.status_code != 200} == {
        "/bestaat-niet/",
        "/verhalen/een/",
        "/kopgroep/?q=%00",
    }

    def lost(page):
        here = {element.get("id") for element in page.tree.iter() if element.get("id")}
        links = [a.get("href") for a in page.tree.iter("a") if (a.get("href") or "").startswith("#")]
        return [link for link in links if link[1:] not in here]

    assert on(pages, lost) == {}


def test_ids_are_unique(pages):
    def twice(page):
        ids = [element.get("id") for element in page.tree.iter() if element.get("id")]
        return {one for one in ids if ids.count(one) > 1}

    assert on(pages, twice) == {}


def test_no_cookie_for_a_visitor(pages):
    login = {"/inloggen/", "/mijn/account/wachtwoord/vergeten/"}
    assert set(on(pages, lambda page: page.response.cookies)) == login
    assert {p.address for p in pages if "cookie" in p.response.get("Vary", "").lower()} == login


def test_no_request_to_another_host(pages):
    def foreign(page):
        places = [("link", "href"), *((e, "src") for e in ("script", "img", "iframe", "source", "embed", "video"))]
        found = [
            element.get(name)
            for tag, name in places
            for element in page.tree.iter(tag)
            if element.get("rel") != "canonical"
        ]
        found += [form.get("action") for form in page.tree.iter("form")]
        return [url for url in found if url and re.match(r"//|[a-z]+:", url)]

    assert on(pages, foreign) == {}
    for path in ("portal.css", "theme.css", "admin.css"):
        with open(finders.find(f"css/{path}"), encoding="utf-8") as css:
            assert not re.search(r"url\(['\"]?(?:https?:)?//|@import", css.read())


def test_nothing_inline(pages):
    """The policy would stop it. Blocks of data are not run."""

    def inline(page):
        return [
            element.tag
            for element in page.tree.iter()
            if isinstance(element.tag, str)
            and (
                element.tag.endswith("style")
                or element.get("style") is not None
                or any(name.startswith("on") for name in element.attrib)
                or (element.tag == "script" and not element.get("src") and "json" not in element.get("type", ""))
            )
        ]

    assert on(pages, inline) == {}


def test_titles_differ(public):
    titles = {}
    for page in public:
        titles.setdefault(page.tree.findtext("head/title"), []).append(page.address)
    assert {title: found for title, found in titles.items() if len(found) > 1} == {}


def test_descriptions_differ_and_are_there(public):
    found = {}
    for page in public:
        (description,) = [m.get("content") for m in page.tree.iter("meta") if m.get("name") == "description"]
        found.setdefault(description, []).append(page.address)
    assert "" not in found
    # A record may lack a sentence of its own; a page of the site may not.
    fixed = [a for addresses in found.values() if len(addresses) > 1 for a in addresses if a.count("/") < 3]
    assert fixed == []


def test_headings_go_down_one_step_at_a_time(pages):
    def wrong(page):
        levels = [int(e.tag[1]) for e in page.tree.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
        steps = zip([0, *levels], levels, strict=False)
        return levels.count(1) != 1 or levels[0] != 1 or any(after > before + 1 for before, after in steps)

    assert on(pages, wrong) == {}


def test_lists_are_known_by_their_clean_address(pages):
    found = {page.address: page.canonical for page in pages}
    for address in ("/kopgroep/?thema=bestaat-niet", "/kopgroep/?pagina=2&sorteer=nieuwste", "/kopgroep/?q=huiskamer"):
        assert found[address] == [f"{PORTAL}/kopgroep/"]
    for address in ("/bestaat-niet/", "/verhalen/een/", "/inloggen/"):
        assert found[address] == []


def test_whoever_shows_a_link_has_its_name(public):
    for page in public:
        head = page.tree.find("head")
        said = {m.get("property"): m.get("content") for m in head.iter("meta") if m.get("property")}
        (description,) = [m.get("content") for m in head.iter("meta") if m.get("name") == "description"]
        assert said == {
            "og:type": "website",
            "og:site_name": "Zorgpact",
            "og:locale": "nl_NL",
            "og:url": PORTAL + page.address,
            "og:title": head.findtext("title").removesuffix(" | Zorgpact"),
            "og:description": " ".join(description.split()),
        }, page.address


def test_sitemap_holds_the_pages_that_stand_alone(content, settings, public):
    settings.PORTAL_URL = PORTAL
    listed = listed_addresses()
    assert len(set(listed)) == len(listed)
    known = {PORTAL + page.address for page in public}
    assert set(listed) <= known
    # Ways to look at a list, not pages of their own.
    assert {address for address in known - set(listed) if not re.search("lijst/|vergelijken/", address)} == set()


def test_data_says_what_the_page_says(public):
    for page in public:
        data = page.data()
        heading = " ".join(words_of(next(page.tree.iter("h1"))).split())
        crumbs = [n for n in page.tree.iter("nav") if n.get("aria-label") == "Kruimelpad"]
        if "BreadcrumbList" in data:
            shown = [" ".join(words_of(li).split()) for li in crumbs[0].iter("li")]
            steps = data["BreadcrumbList"]["itemListElement"]
            assert [step["name"] for step in steps] == shown
            assert [step["position"] for step in steps] == list(range(1, len(shown) + 1))
            assert steps[-1]["item"] == PORTAL + page.address
        for kind in {"Organization", "Project"} & set(data):
            record = data[kind]
            assert record["@context"] == "https://schema.org"
            assert record["name"] == heading
            assert record["url"] == PORTAL + page.address
            for said in [record["description"], *(member["name"] for member in record.get("member", []))]:
                assert " ".join(said.split()) in page.words
    kinds = [kind for page in public for kind in page.data()]
    assert kinds.count("WebSite") == 1
    # Of what is made up nothing is said: twelve pacts and what is known of the koplopers.
    assert kinds.count("Organization") == RegionalPact.objects.published().filter(is_sample=False).count()
    assert kinds.count("Project") > 20


def test_text_cannot_break_out_of_the_data(client, db):
    pact = f.RegionalPactFactory(name='</script><b>"&', summary="<!-- <script>")
    page = Page("", client.get(pact.get_absolute_url()))
    assert page.data()["Organization"]["name"] == pact.name
    assert not page.parser.errors
    assert list(page.tree.iter("b")) == []


# --- the words ------------------------------------------------------------------------------------

BANNED = r"\b(dient te|dienen te|betreffende|inzake|middels|teneinde|derhalve|u dient|click|submit|n\.v\.t\.)\b"


def test_no_words_of_the_office(pages):
    assert on(pages, lambda page: re.findall(BANNED, page.words, re.IGNORECASE)) == {}


def test_a_link_says_where_it_leads(pages):
    empty = {"klik hier", "hier", "lees meer", "meer", "meer lezen", "link", "deze pagina", "verder", "bekijk", ""}

    def vague(page):
        return [name for name, _target in links(page) if name.lower().rstrip(".") in empty]

    assert on(pages, vague) == {}


def test_one_name_is_one_target(pages):
    """On one page two links with the same words lead to the same place, but where a project is called as its organisation."""
    organisations = set(Organisation.objects.values_list("name", flat=True))

    def double(page):
        targets = {}
        for name, target in links(page):
            if name not in organisations:
                targets.setdefault(name, set()).add(target)
        return {name: found for name, found in targets.items() if len(found) > 1}

    assert on(pages, double) == {}


def links(page):
    found = []
    crumbs = {a for nav in page.tree.iter("nav") if nav.get("class") == "crumbs" for a in nav.iter("a")}
    for a in page.tree.find("body/main").iter("a"):
        if a.get("href") and a not in crumbs:
            name = a.get("aria-label") or words_of(a)
            found.append((" ".join(name.split()), a.get("href").partition("#")[0] or page.address))
    return found


def test_years_have_no_thousands_point(pages):
    assert on(pages, lambda page: re.findall(r"(?<![\d.,])(?:1\.[89]|2\.0)\d\d(?![\d.,])", page.words)) == {}


DJANGO = [
    "This field is required",
    "Enter a valid",
    "Select a valid choice",
    "Dit veld is verplicht",
    "Voer een geldig",
    "Ongeldige invoer",
    "Selecteer een geldige",
]


@pytest.mark.parametrize("address", ["/inloggen/", "/mijn/account/wachtwoord/vergeten/"])
@pytest.mark.parametrize("form", [{}, {"login": "x", "email": "x", "password": "x"}])
def test_no_message_is_that_of_django(client, db, address, form):
    text = html.unescape(client.post(address, form).content.decode())
    assert REQUIRED in text or EMAIL in text
    assert [message for message in DJANGO if message in text] == []
    assert "<title>Fout:" in text


# --- weight ---------------------------------------------------------------------------------------


def test_first_visit_is_light(pages):
    """The page, and every file that a browser fetches with it, as they go over the wire."""
    weights = {page.address: packed(page.response.content, 5) + sum(map(weight, files(page))) for page in pages}
    heaviest = max(weights, key=weights.get)
    assert weights[heaviest] <= HEAVIEST, (heaviest, weights[heaviest])


def files(page):
    tags = [*page.tree.iter("link"), *page.tree.iter("script"), *page.tree.iter("img")]
    return {url for tag in tags if (url := tag.get("src") or tag.get("href")) and url.startswith("/static/")}


@cache
def weight(url):
    with open(finders.find(url.removeprefix("/static/")), "rb") as file:
        body = file.read()
    return len(body) if url.endswith((".woff2", ".png", ".jpg")) else packed(body, 11)


def packed(body, quality):
    return len(brotli.compress(body, quality=quality))


# --- fixed addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/toegankelijkheid/", 200, "text/html"),
        ("/privacy/", 200, "text/html"),
        ("/cookies/", 200, "text/html"),
        ("/kwetsbaarheid-melden/", 200, "text/html"),
        ("/contact/", 200, "text/html"),
        ("/over-zorgpact/", 200, "text/html"),
        ("/.well-known/security.txt", 200, "text/plain; charset=utf-8"),
        ("/.well-known/change-password", 302, ""),
        ("/robots.txt", 200, "text/plain"),
        ("/sitemap.xml", 200, "application/xml"),
        ("/healthz", 200, "text/plain"),
        ("/favicon.ico", 302, ""),
        ("/bestaat-niet", 404, "text/html"),
        ("/beheer/", 302, ""),
        ("/mijn/account/", 302, ""),
    ],
)
def test_fixed_addresses(content, address, status, kind):
    response = Client().get(address)
    assert response.status_code == status
    assert response["Content-Type"].startswith(kind)
    assert not response.cookies
    if status == 302:
        assert response["Location"].startswith("/")


def test_the_foot_of_every_page_leads_to_what_must_be_found(pages):
    must = {"/toegankelijkheid/", "/privacy/", "/cookies/", "/kwetsbaarheid-melden/", "/contact/"}

    def missing(page):
        foot = page.tree.find(".//footer[@class='foot']")
        return must - {a.get("href") for a in foot.iter("a")}

    assert on(pages, missing) == {}
