"""A report on paper: the same texts as the page, as a PDF with tags for who listens to it.

WeasyPrint needs the system's Pango. Where that is missing the portal runs, and the page says that there is no PDF.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse


@cache
def can_print():
    """Whether the libraries that draw a PDF are there."""
    try:
        import weasyprint  # noqa: F401 - loading it is the question
    except (ImportError, OSError):
        return False
    return True


def context_of(version):
    """What the page of a report and its print say."""
    content = version.public_content
    return {
        "version": version,
        "pact": version.reflection.pact,
        "round": version.reflection.round,
        "content": content,
        "address": settings.PORTAL_URL
        + reverse("reports:report", args=[version.reflection.pact.slug, version.reflection.round.slug]),
    }


def printed(context, **options):
    """The PDF as bytes. Reads nothing but the style sheets and the letters of the portal itself."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    # No page of ours fetches anything from elsewhere, and neither does its print.
    own_files = URLFetcher(allowed_protocols={"file"})
    html = render_to_string("volgspot/print.html", context)
    # Drawings take their colours from a style within them alone.
    drawing = Path(finders.find("css/print-drawing.css")).read_text(encoding="utf-8")
    html = html.replace('<path class="edge"', f'<style>{drawing}</style><path class="edge"')
    letters = FontConfiguration()
    style = CSS(filename=finders.find("css/print.css"), url_fetcher=own_files, font_config=letters)
    document = HTML(string=html, url_fetcher=own_files)
    return document.write_pdf(stylesheets=[style], font_config=letters, pdf_variant="pdf/ua-1", **options)
