"""The work beside the web server."""

import logging
import signal
import time
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from outbox.sender import send_due
from regels.attachments import scan_waiting
from regels.nightly import tend
from search.whole import keep_right
from volgspot.printing import print_what_waits
from volgspot.reminding import remind
from zorgpact.planning import know_sizes

logger = logging.getLogger(__name__)

# Each with the seconds after which it is looked at again: once in a while is enough for what counts in days.
# Each may be done twice, and by two workers at once.
JOBS = {
    remind: 600,
    tend: 600,
    scan_waiting: 0,
    send_due: 0,
    keep_right: 0,
    print_what_waits: 0,
    know_sizes: 24 * 60 * 60,
}


class Command(BaseCommand):
    help = "Verstuurt de mails die klaarstaan, herinnert aan de Volgspot, houdt de vragen en de zoekindex bij, maakt verslagen als PDF, en blijft dat doen. Er mogen er meer tegelijk lopen."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="één ronde, en dan klaar")
        parser.add_argument("--pause", type=float, default=5, help="seconden tussen twee rondes (standaard 5)")

    def handle(self, *, once, pause, **options):
        if settings.OUTBOX_SMTP is None and not settings.PORTAL_DEMO:
            logger.warning("EMAIL_URL is empty: mails wait until there is a mail server.")
        if once:
            for job in JOBS:
                job()
            return
        self.begun_at = {}
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *args: stop.set())
        while not stop.is_set():
            self.round()
            stop.wait(pause)

    def round(self):
        """A job that goes wrong (a database that is away for a moment) may not end the work, nor the other jobs."""
        close_old_connections()
        for job, pause in JOBS.items():
            now = time.monotonic()
            if job in self.begun_at and now < self.begun_at[job] + pause:
                continue
            self.begun_at[job] = now
            try:
                job()
            except Exception:
                logger.exception("%s failed; it is tried again.", job.__name__)
