"""A report on paper: the same texts as the page, as a PDF with tags for who listens to it.

WeasyPrint needs the system's Pango. Where that is missing the portal runs, and the page says that there is no PDF.
"""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string


@cache
def can_print():
    """Whether the libraries that draw a PDF are there."""
    try:
        import weasyprint  # noqa: F401 - loading it is the question
    except (ImportError, OSError):
        return False
    return True


def printed(context, **options):
    """The PDF as bytes. Reads nothing but the style sheets and the letters of the portal itself."""
    from weasyprint import CSS, HTML

    html = render_to_string("volgspot/print.html", context)
    # Drawings take their colours from a style within them alone.
    drawing = Path(finders.find("css/print-drawing.css")).read_text(encoding="utf-8")
    html = html.replace('<path class="edge"', f'<style>{drawing}</style><path class="edge"')
    style = CSS(filename=finders.find("css/print.css"), url_fetcher=_own_files)
    document = HTML(string=html, url_fetcher=_own_files)
    return document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1", **options)


def _own_files(url, **kwargs):
    """No page of ours fetches anything from elsewhere, and neither does its print."""
    from weasyprint import default_url_fetcher

    if not url.startswith("file:"):
        raise ValueError(f"Not ours: {url}")
    return default_url_fetcher(url, **kwargs)
