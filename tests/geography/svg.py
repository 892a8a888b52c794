"""What a reader finds in the map of a page."""

import re

import html5lib

SVG = "{http://www.w3.org/2000/svg}"
HTML = "{http://www.w3.org/1999/xhtml}"


def maps(response):
    """The drawings of the page that are maps; the samples in the legend are not."""
    page = html5lib.parse(response.content.decode())
    return [svg for svg in page.iter(SVG + "svg") if svg.get("role") and "map" in svg.get("class", "").split()]


def links(svg, kind):
    """(address, name) of each link of a kind, in the order of the keyboard."""
    return [
        (a.get("href"), a.find(SVG + "title").text) for a in svg.iter(SVG + "a") if kind in a.get("class", "").split()
    ]


def path(svg, kind):
    """The drawing instructions of the layer with this class; "" where it is not there."""
    return next((p.get("d") for p in svg.iter(SVG + "path") if kind in p.get("class", "").split()), "")


def numbers(svg):
    return [(text.text, int(text.get("x")), int(text.get("y"))) for text in svg.iter(SVG + "text")]


def texts(response, kind):
    """The text of every element with this class, with single spaces."""
    page = html5lib.parse(response.content.decode())
    found = [e for e in page.iter() if kind in (e.get("class") or "").split()]
    return [" ".join("".join(e.itertext()).split()) for e in found]


def points(d):
    """The corners of a path, as lists of points."""
    found = []
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)(?:l([^Mz]*))?", d):
        here = int(x), int(y)
        line = [here]
        values = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            here = here[0] + dx, here[1] + dy
            line.append(here)
        found.append(line)
    return found
