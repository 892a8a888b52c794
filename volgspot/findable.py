"""What of the Volgspot can be found: published reports, by what everybody may read of them."""

from regions.models import RegionalPact
from search.registry import Content, Feed, Kind, register

from .content import section_of
from .models import SectionKind, Version


def _report(version):
    reflection, content = version.reflection, version.public_content
    triangle = section_of(content, SectionKind.TRIANGLE)
    return Content(
        title=f"Volgspot {reflection.round}, {reflection.pact}",
        url=f"{reflection.pact.get_absolute_url()}volgspot/{reflection.round.slug}/",
        summary=triangle["fields"].get("question", ""),
        body=tuple(_told(content)),
        themes=(),
        provinces=(),
        is_sample=version.is_sample,
    )


# What people wrote; dates and choices say nothing to who searches.
PROSE = (
    "title", "text", "questions", "long_term_effect", "news", "reached", "story", "not_reached_because",
    "because", "intended", "seen", "words", "who",
)  # fmt: skip


def _told(content):
    for section in content["sections"]:
        yield from section["fields"].values()
        for rows in section["rows"].values():
            for row in rows:
                yield from (row[name] for name in PROSE if row.get(name))


register(
    Kind(
        name="volgspot",
        label="Verslag van de Volgspot",
        plural="Verslagen van de Volgspot",
        weight=0.1,
        model=Version,
        published=Version.objects.reports,
        content=_report,
        feeds=(
            # A next version takes the place of an earlier one.
            Feed(Version, owner="pk"),
            Feed(Version, path="reflection__versions"),
            Feed(RegionalPact, path="reflection__pact"),
        ),
        clock=("published_at", "reflection__pact__published_at"),
    )
)
