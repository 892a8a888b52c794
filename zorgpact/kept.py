"""Text that was typed in a form of the admin or of the workplace survives a login that ended meanwhile.

Each form carries a signed mark of whom it was given to. What comes in without a login, or with a token of an
earlier login, is kept in the session and shown again, unsaved, to the same person; nobody else can store anything.
"""

import functools
import secrets
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import QueryDict

MARK, TOKEN = "_form", "bewaard"
SALT = "zorgpact.kept"
LONGEST = 60 * 60 * 24
BIGGEST = 1_000_000
SESSION_KEY = "kept_forms"


def mark_for(request):
    return signing.dumps(request.user.pk, salt=SALT)


def keep(request, sent=None):
    """Keep what was sent, or the part of it in `sent`; the address where it comes back, or None where it is not a form of ours."""
    try:
        owner = signing.loads(request.POST.get(MARK, ""), salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
    sent = (request.POST if sent is None else sent).copy()
    for name in [MARK, "csrfmiddlewaretoken", *(name for name in sent if "password" in name)]:
        sent.pop(name, None)
    text = sent.urlencode()
    if len(text) > BIGGEST:
        return None
    token = secrets.token_urlsafe(12)
    others = list(request.session.get(SESSION_KEY, {}).items())[-2:]
    request.session[SESSION_KEY] = {**dict(others), token: {"owner": owner, "path": request.path, "text": text}}
    return f"{request.path}?{urlencode({TOKEN: token})}"


def login_required(view):
    """As Django's own, for pages with a form: what was sent without a login is kept."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return redirect_to_login(keep(request) or request.path)
        return redirect_to_login(request.get_full_path())

    return guarded


def texts(request):
    """What somebody typed in a form of more than one word, to copy."""
    return [
        value
        for name, values in request.POST.lists()
        for value in values
        if "password" not in name and len(value.split()) > 1
    ]


def recall(request):
    """What this person typed on this page, or None."""
    kept = request.session.get(SESSION_KEY, {}).get(request.GET.get(TOKEN, ""))
    if not kept or kept["owner"] != request.user.pk or kept["path"] != request.path:
        return None
    return QueryDict(kept["text"], mutable=True)


def forget(request):
    """What was kept for this page has been saved."""
    kept = request.session.get(SESSION_KEY)
    if kept:
        request.session[SESSION_KEY] = {token: form for token, form in kept.items() if form["path"] != request.path}
