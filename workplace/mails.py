from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from outbox.kinds import Kind, register

INVITED = register(
    Kind(
        name="workplace.invited",
        title="Uitnodiging voor een projectleider",
        purpose="Iemand wordt projectleider van een pact of koploper.",
        trigger="Het landelijke team nodigt iemand uit, of een projectleider draagt over.",
        to_whom="wie is uitgenodigd",
        not_sent_when="De uitnodiging is gebruikt, ingetrokken of verlopen.",
        template="workplace/mail/invited",
        example=lambda: {
            "reader": "Voorbeeld Opvolger",
            "by": "Voorbeeld Landelijk team",
            "target": "Voorbeeldpact Merenland",
            "replaces": "",
            "lapses": timezone.now() + timedelta(days=14),
            "link": f"{settings.PORTAL_URL}/uitnodiging/voorbeeld/",
        },
        still_wanted=lambda mail: mail.record is not None and mail.record.state == "open",
        is_secret=True,
    )
)
