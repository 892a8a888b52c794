"""Reports on paper: each is drawn once, by the worker beside the web server, which says how far it is.

Until then a short report is drawn while somebody waits. The web server never draws a long one.
"""

import logging

from django.db.models import F, Q
from django.utils import timezone

from .models import PrintedReport, Version
from .print import can_print, context_of, printed

logger = logging.getLogger(__name__)

# With more rows it takes longer to draw than somebody should wait.
LONG = 100
# The steps that WeasyPrint counts.
STEPS = 7


def is_long(version):
    return sum(len(rows) for section in version.public_content["sections"] for rows in section["rows"].values()) > LONG


def print_what_waits():
    """A job of the worker: one report a turn, so that the mails behind it do not wait long."""
    if not can_print():
        return
    waits = Q(on_paper=None) | Q(on_paper__in=PrintedReport.objects.waiting())
    version = Version.objects.reports().filter(waits).order_by("published_at").first()
    if version and _claim(version):
        _draw(version)


def _claim(version):
    """Whether this worker is the one that draws it."""
    PrintedReport.objects.get_or_create(version=version)
    free = PrintedReport.objects.waiting().filter(version=version)
    return free.update(started_at=timezone.now(), step=0, tries=F("tries") + 1)


def _draw(version):
    report = PrintedReport.objects.filter(version=version)
    try:
        with _Steps(lambda step: report.update(step=step)):
            report.update(pdf=printed(context_of(version)), step=STEPS)
    except Exception:
        logger.exception("The report of version %s could not be drawn.", version.pk)
        report.update(started_at=None)


class _Steps(logging.Handler):
    """Hears from WeasyPrint at which step it is, while it draws."""

    def __init__(self, tell):
        super().__init__(logging.INFO)
        self.tell, self.last = tell, 0

    def __enter__(self):
        from weasyprint.logger import PROGRESS_LOGGER

        self.source, self.before = PROGRESS_LOGGER, (PROGRESS_LOGGER.level, PROGRESS_LOGGER.propagate)
        self.source.setLevel(logging.INFO)
        self.source.propagate = False
        self.source.addHandler(self)

    def __exit__(self, *_):
        self.source.removeHandler(self)
        level, self.source.propagate = self.before
        self.source.setLevel(level)

    def emit(self, record):
        step = record.getMessage().split()[1]
        if step.isdecimal() and int(step) > self.last:
            self.last = int(step)
            self.tell(self.last)
