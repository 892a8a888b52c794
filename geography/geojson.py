"""Areas and points as GeoJSON (RFC 7946): WGS84, outer rings against the clock, inner ones with it."""

import json

from django.http import HttpResponse
from django.utils import timezone

from . import rings
from .topology import borders

# About a metre.
DECIMALS = 5


def file(filename, features):
    """A collection of features as a file, with where it comes from."""
    collection = {
        "type": "FeatureCollection",
        "bron": borders().source,
        "licentie": "https://creativecommons.org/licenses/by/4.0/",
        "features": features,
    }
    return HttpResponse(
        json.dumps(collection, ensure_ascii=False, separators=(",", ":")),
        content_type="application/geo+json",
        headers={
            "Content-Disposition": f'attachment; filename="{filename}-{timezone.localdate().isoformat()}.geojson"',
            "X-Robots-Tag": "noindex",
        },
    )


def feature(key, geometry, properties):
    return {"type": "Feature", "id": key, "properties": properties, "geometry": geometry}


def point(lon, lat):
    if lon is None:
        return None
    return {"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]}


def area(codes):
    """The outline of a set of municipalities; None where no border of them is known."""
    topology = borders()
    polygons = [
        [_closed(topology, ring, outer=i == 0) for i, ring in enumerate(polygon)]
        for polygon in _nested(topology, topology.outline(codes & topology.codes))
    ]
    return {"type": "MultiPolygon", "coordinates": polygons} if polygons else None


def _nested(topology, outline):
    """Rings of arcs as polygons: each outer ring with the holes that lie in it."""
    measured = [(abs(rings.area(points)), ring, points) for ring in outline for points in [topology.ring_points(ring)]]
    measured.sort(key=lambda ring: -ring[0])
    polygons, around = [], []
    for _size, ring, points in measured:
        inside = [polygon for polygon, outer in around if _lies_in(points, outer)]
        # A ring in an odd number of others is a hole in the smallest of them; in an even number, land in a hole.
        if len(inside) % 2:
            inside[-1].append(ring)
            around.append((inside[-1], points))
        else:
            polygons.append([ring])
            around.append((polygons[-1], points))
    return polygons


def _lies_in(ring, outer):
    """Rings may touch but never cross: any point that is not on the other ring tells."""
    on_border = set(outer)
    return next((rings.contains(outer, point) for point in ring if point not in on_border), False)


def _closed(topology, ring, *, outer):
    points = [p for arc in ring for p in (topology.lonlat(arc) if arc >= 0 else topology.lonlat(~arc)[::-1])[:-1]]
    if (rings.area(points) > 0) != outer:
        points.reverse()
    return [*points, points[0]]
