"""More than one voice: the links of partners, their views, and how these lie beside each other without being averaged."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from zorgpact.tokens import hash_of, new_token
from zorgpact.workflow import Refused, lock, note_step

from . import mails
from .context import Context
from .models import ElementStep, PartnerLink, PartnerView
from .sections import clean_text

# With fewer answers a dot would point at somebody.
FEWEST_DOTS = 4
# A link also opens the report that comes out of the round.
LINK_LIVES = timedelta(days=180)
# Links that were sent again count too: each is a mail to somebody.
MOST_LINKS = 200


class Stale(Exception):
    """The partner saved other answers meanwhile, in another window; `view` is what they are now."""

    def __init__(self, view):
        super().__init__("Deze antwoorden zijn intussen in een ander venster gewijzigd.")
        self.view = view


@transaction.atomic
def invite(reflection, organisation, email, *, by):
    """A personal link by mail. An earlier one to the same address stops working. Gives the link, or raises `Refused`."""
    reflection = lock(reflection)
    if not reflection.is_editable:
        raise Refused("Dit verslag is al ingediend. U kunt nu geen partners meer vragen.")
    if reflection.links.count() >= MOST_LINKS:
        raise Refused(f"U kunt hoogstens {MOST_LINKS} links sturen.")
    email = email.strip().lower()
    now = timezone.now()
    PartnerLink.objects.filter(reflection=reflection, organisation=organisation, email=email, revoked_at=None).update(
        revoked_at=now
    )
    token = new_token()
    link = PartnerLink.objects.create(
        reflection=reflection,
        organisation=organisation,
        email=email,
        token_hash=hash_of(token),
        sent_at=now,
        lapses_at=now + LINK_LIVES,
        made_by=by,
        is_sample=reflection.is_sample,
    )
    _take_over_view(link)
    mails.ask_partner(link, address_of(token))
    note_step(reflection, by=by, step=f"{organisation} om een blik gevraagd")
    return link


def _take_over_view(link):
    """A new link to somebody who answered before shows what they wrote."""
    PartnerView.objects.filter(
        link__reflection=link.reflection, link__organisation=link.organisation, link__email=link.email
    ).update(link=link)


def address_of(token):
    return settings.PORTAL_URL + reverse("volgspot:view", args=[token])


@transaction.atomic
def revoke(link, *, by):
    """The link opens nothing any more; what was answered stays."""
    if PartnerLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        note_step(link.reflection, by=by, step=f"link van {link.organisation} ingetrokken")


@transaction.atomic
def remind(link, *, by):
    """One reminder, with an address of its own beside the first, which is kept nowhere. Gives whether it was sent."""
    link = lock(link)
    if not link.is_usable or link.reminded_at or hasattr(link, "view") or not link.reflection.is_editable:
        return False
    token = new_token()
    link.reminded_at = timezone.now()
    link.earlier_hash, link.token_hash = link.token_hash, hash_of(token)
    link.save(update_fields=["reminded_at", "earlier_hash", "token_hash"])
    mails.remind_partner(link, address_of(token))
    return True


def link_for(token):
    """The link of a token, used up or not; None where there is none."""
    links = PartnerLink.objects.select_related("reflection__pact", "reflection__round", "organisation")
    hash = hash_of(token)
    return links.filter(Q(token_hash=hash) | Q(earlier_hash=hash)).first()


@transaction.atomic
def answer(link, *, elements, cleaned, version=0):
    """Keep the view of a partner, which was read as `version` (0: there was none); gives it as it is now.

    `cleaned` comes from `PartnerViewForm`. Raises `Stale` or `Refused`; then nothing is written.
    """
    if not lock(link.reflection).is_editable:
        raise Refused("Het verslag is intussen ingediend. Uw antwoorden zijn niet meer gewijzigd.")
    if not PartnerLink.objects.usable().filter(pk=link.pk).exists():
        raise Refused("De link is intussen ingetrokken. Uw antwoorden zijn niet bewaard.")
    values = _values(link, elements, cleaned)
    view = PartnerView.objects.filter(link=link).first()
    if view is None:
        return PartnerView.objects.create(link=link, **values)
    if all(getattr(view, name) == value for name, value in values.items()):
        return view  # the same answers a second time
    if view.version != version:
        raise Stale(view)
    for name, value in values.items():
        setattr(view, name, value)
    view.version += 1
    view.save()
    return view


def _values(link, elements, cleaned):
    return {
        "scores": {e.slug: int(cleaned[f"score-{e.slug}"]) for e in elements if cleaned.get(f"score-{e.slug}")},
        "words": {
            key: text
            for key in [*(e.slug for e in elements), "ambition", "note"]
            if (text := clean_text(cleaned.get(f"words-{key}", "")))
        },
        "shares": {key: cleaned[f"share-{key}"] for key in [*(e.slug for e in elements), "scores", "ambition", "note"]},
        "is_sample": link.is_sample,
    }


def views_of(reflection):
    views = PartnerView.objects.filter(link__reflection=reflection).select_related("link__organisation")
    return list(views.order_by("link__organisation__name", "pk"))


def spread_of(reflection, *, for_team=False, elements=None, views=None):
    """Per working element how many partners chose each step: `[{"element", "title", "counts": [n, n, n, n]}]`.

    Without those who show their scores to the team alone, unless it is for the team. Fewer than `FEWEST_DOTS`
    answers to an element give no counts. Give `elements` and `views` where they were already read.
    """
    hidden = set() if for_team else {PartnerView.Share.TEAM}
    views = views_of(reflection) if views is None else views
    views = [view for view in views if view.shares.get("scores") not in hidden]
    spread = []
    for element in Context(reflection).elements if elements is None else elements:
        scores = [view.scores[element.slug] for view in views if element.slug in view.scores]
        if len(scores) >= FEWEST_DOTS:
            counts = [scores.count(step.value) for step in ElementStep.Step]
            spread.append({"element": element.slug, "title": element.title, "counts": counts})
    return spread


def words_for_leader(reflection, views=None):
    """What partners wrote, as the leader may read it: `[{"about", "text", "who"}]`; `who` is empty where they chose so.

    Words without a name are told only when enough partners answered not to point at one, and in an order that says nothing.
    """
    views = views_of(reflection) if views is None else views
    enough = len(views) >= FEWEST_DOTS
    told = []
    for view in views:
        for about, text in view.words.items():
            share = view.shares.get(about, PartnerView.Share.UNNAMED)
            if share == PartnerView.Share.NAMED:
                told.append({"about": about, "text": text, "who": str(view.link.organisation)})
            elif share == PartnerView.Share.UNNAMED and enough:
                told.append({"about": about, "text": text, "who": ""})
    return sorted(told, key=lambda one: (one["about"], one["who"] == "", one["text"]))


def who_answered(reflection):
    """Every link that works or was answered, with whether it was: the leader sees who, not what."""
    links = reflection.links.select_related("organisation", "view")
    return [link for link in links if link.is_usable or hasattr(link, "view")]
