"""HTML of many small parts that are much alike."""

from html import escape

from django.utils.safestring import mark_safe


def filled(parts):
    """The HTML of `parts`, one after another: of each a pattern, HTML with a {} for each text, and those texts.

    What `format_html` does for each, in a fifth of the time, as it takes texts and numbers alone: HTML among them is
    escaped like any other text.
    """
    html = [pattern.format(*[escape(str(text)) for text in texts]) for pattern, *texts in parts]
    return mark_safe("".join(html))  # noqa: S308
