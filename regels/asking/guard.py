"""What holds off whoever sends much: limits for each place, and a page that keeps what was typed."""

import functools

from django.shortcuts import render

from programme.limits import Limit
from zorgpact.open_forms import READING, typed_in

LOOK = Limit("ask.look", from_address=120, from_network=600)
START = Limit("ask.start", from_address=10, from_network=40)
STEP = Limit("ask.step", from_address=90, from_network=400)
SEND = Limit("ask.send", from_address=5, from_network=20)
FILE = Limit("ask.file", from_address=20, from_network=80)
HELPED = Limit("ask.helped", from_address=10, from_network=60)
TALK = Limit("ask.talk", from_address=20, from_network=80)


def limited(limit):
    """A view that takes no more forms from one place than `limit` says."""

    def around(view):
        @functools.wraps(view)
        def inner(request, *args, **kwargs):
            if request.method in READING or limit.lets(request):
                return view(request, *args, **kwargs)
            return too_often(request, limit)

        return inner

    return around


def too_often(request, limit):
    minutes = limit.seconds // 60
    page = {"minutes": minutes, "typed": typed_in(request)}
    response = render(request, "regels/asking/too_often.html", page, status=429)
    response["Retry-After"] = str(limit.seconds)
    return response
