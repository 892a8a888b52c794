"""With which kind of browser somebody logs in. A new kind gives a mail, so that the owner notices when it was another.

Only the kind is kept (“Firefox op Windows”): no network address, no version, and no cookie that would outlive the logout.
"""

import datetime
import re

from django.db import transaction
from django.utils import timezone

from outbox.sending import send

from .mails import NEW_DEVICE
from .models import Device

# The first that stands in what the browser says of itself: most claim to be several others too.
BROWSERS = {
    "Edg": "Edge",
    "OPR|Opera": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox|FxiOS": "Firefox",
    "Chrom|CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone|iPad": "iPhone of iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}
FORGOTTEN_AFTER = datetime.timedelta(days=180)


def kind_of(user_agent):
    browser, system = (
        next((name for words, name in table.items() if re.search(words, user_agent)), unknown)
        for table, unknown in ((BROWSERS, "een onbekende browser"), (SYSTEMS, "een onbekend systeem"))
    )
    return f"{browser} op {system}"


@transaction.atomic
def note_login(user, user_agent):
    """Remember the kind, and tell the owner where it is a new one; at the very first login everything is."""
    now, kind = timezone.now(), kind_of(user_agent)
    is_first = not user.devices.exists()
    device, is_new = Device.objects.get_or_create(user=user, kind=kind, defaults={"last_seen": now})
    if not is_first and (is_new or now - device.last_seen > FORGOTTEN_AFTER):
        context = {"kind": kind, "timestamp": now}
        send(NEW_DEVICE, user.email, context, key=f"{device.pk} {now:%Y-%m-%d}", about=user)
    device.last_seen = now
    device.save()
