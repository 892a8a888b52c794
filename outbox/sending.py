"""How every other part sends a mail: by handing it over, in the transaction of what it is about."""

from .backend import standard_headers
from .models import Mail
from .parts import formatted, plain, write


def send(kind, to, context, *, key, about=None, not_before=None):
    """Put one mail in the outbox. The same kind with the same key to the same address is one mail, however often asked.

    `about` is the record that the mail is about; `mail.record` gives it back to `still_wanted`.
    It waits until `not_before`.
    """
    subject, text = write(kind, context)
    mail = Mail(
        kind=kind.name,
        key=f"{kind.name} {key} {to.lower()}",
        about=label_of(about) if about else "",
        to=to,
        subject=subject,
        text=plain(text),
        html=formatted(subject, text),
        headers=standard_headers(),
        is_secret=kind.is_secret,
        **({"not_before": not_before} if not_before else {}),
    )
    Mail.objects.bulk_create([mail], ignore_conflicts=True)


def label_of(record):
    return f"{record._meta.label_lower}:{record.pk}"
