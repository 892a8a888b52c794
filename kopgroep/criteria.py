"""What made a project a koploper. Source: Platform31 (2018); the quotes are its own words."""

from typing import NamedTuple


class Criterion(NamedTuple):
    title: str
    text: str
    quote: str


CRITERIA = [
    Criterion(
        "Een school en een zorgorganisatie werken samen",
        "Er doet ten minste één school mee (vmbo, mbo of hbo) en ten minste één organisatie uit zorg of welzijn.",
        "ten minste één (v)mbo-/hbo-instelling en één zorg/welzijnsinstelling werken samen",
    ),
    Criterion(
        "De lokale overheid doet mee, of er is een plan voor",
        "De gemeente of provincie is betrokken. Of de partners weten hoe zij haar willen betrekken.",
        "(hebben een visie op het) betrekken (van) de lokale overheid",
    ),
    Criterion(
        "Er zijn resultaten die iedereen kan zien",
        "Het project heeft al iets bereikt. Een goed plan alleen is niet genoeg.",
        "tot zichtbare resultaten hebben geleid",
    ),
    Criterion(
        "Andere regio’s kunnen het gebruiken",
        "De aanpak past niet alleen op één plek. Een andere regio kan haar overnemen, helemaal of voor een deel.",
        "Ook moet de aanpak toepasbaar zijn in andere regio’s",
    ),
    Criterion(
        "Het gaat om opleiden voor het werk",
        "Het project maakt dat onderwijs en werk in zorg en welzijn beter op elkaar passen.",
        "gericht op de verbetering van de aansluiting van onderwijs en (toekomstige) arbeidsmarkt in zorg en welzijn",
    ),
]
