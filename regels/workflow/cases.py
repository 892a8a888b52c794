"""The steps of a case. Nothing else changes its status.

    concept ──propose──▶ tweede lezer ──publish──▶ gepubliceerd ──withdraw──▶ ingetrokken
       ▲                     │                        │  │
       └──────give_back──────┘                        │  └─check─ (only the day of the check moves)
                                                      └──revise──▶ a concept beside it, until it is published

Writers are everyone who saved it since it was last returned; none of them is the second reader. From the second
reader on the text is read-only. `published_at` may lie ahead. A revision that is published takes the place of the
text, at the same address, and is gone.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from regels import mails
from regels.models import Case, RuleVersion
from regels.people import case_officers_and_team, only_writers_of_cases, second_reader_of_case
from zorgpact.workflow import Refused, Step, lock, note_step, step

Status = Case.Status
CHECK_AGAIN_AFTER = timedelta(days=365)


def note_writer(case, *, by):
    """Call this with every save of a text: refused when it is read-only, and who saved is a writer."""
    with transaction.atomic():
        case = lock(case)
        if not case.is_editable:
            raise Refused(f"De tekst is nu niet te wijzigen: de stand is “{case.get_status_display()}”.")
        if problem := only_writers_of_cases(case, by):
            raise Refused(problem)
        case.writers.add(by)


@step("voorgelegd", before=[Status.DRAFT], after=Status.SECOND_READER, why_not=only_writers_of_cases)
def propose(case, *, by, reason):
    """Let a second reader look at it; from now on it is read-only."""
    if not (case.question.strip() and case.answer.strip() and case.outcome):
        raise Refused("Schrijf eerst de vraag, het antwoord en de uitkomst.")
    case.writers.add(by)
    case.returned_reason = ""
    case.approved_by = None
    mails.ask_second_reader_of_case(case)


@step(
    "teruggegeven", before=[Status.SECOND_READER], after=Status.DRAFT, why_not=second_reader_of_case, needs_reason=True
)
def give_back(case, *, by, reason):
    """The second reader asks for changes."""
    case.returned_reason = reason[:1000]
    mails.say_case_given_back(case, list(case.writers.filter(is_active=True)))
    case.writers.clear()


class Publish(Step):
    """A revision that is published goes into the case that it revises."""

    def __call__(self, case, **details):
        with transaction.atomic():
            if case.is_revision:
                # First the case, and then its revision, as `withdraw` does: so neither waits for ever.
                lock(case.revises)
            return super().__call__(case, **details)

    def save(self, case):
        return take_over(case) if case.is_revision else super().save(case)


@step(
    "gepubliceerd", kind=Publish, before=[Status.SECOND_READER], after=Status.PUBLISHED, why_not=second_reader_of_case
)
def publish(case, *, by, reason, at=None):
    """Let everybody read it, now or at a moment that lies ahead; whoever asked is told then."""
    now = timezone.now()
    if case.is_revision and at and at > now:
        raise Refused("Een herziening komt meteen op de site. Kies geen moment in de toekomst.")
    case.approved_by = by
    case.published_at = max(at, now) if at else now
    _looked_at(case)
    if not case.is_revision:
        mails.say_case_published(case)


def take_over(revision):
    """Put the text of a revision in the case that it revises; the revision is gone. The case as it is now."""
    case = lock(revision.revises)
    if case.status != Status.PUBLISHED:
        raise Refused("De casus zelf is intussen ingetrokken.")
    for name in (*Case.TEXTS, "approved_by", "checked_on", "check_due_on"):
        setattr(case, name, getattr(revision, name))
    case.version += 1
    case.save()
    _copy_lists(revision, case)
    # Not by the instance: it says that it is public, and its own address never was.
    Case.objects.filter(pk=revision.pk).delete()
    return case


def _copy_lists(source, target):
    for name in Case.LISTS:
        getattr(target, name).set(getattr(source, name).all())
    target.rule_links.all().delete()
    for link in source.rule_links.all():
        target.rule_links.create(rule=link.rule, checked_version_on=link.checked_version_on, is_sample=link.is_sample)


def _looked_at(case):
    """Today somebody saw that it still holds, with the texts of the rules as they are now."""
    today = timezone.localdate()
    case.checked_on, case.check_due_on = today, today + CHECK_AGAIN_AFTER
    for link in case.rule_links.all():
        newest = RuleVersion.objects.filter(rule=link.rule_id, valid_from__lte=today).first()
        link.checked_version_on = newest.valid_from if newest else today
        link.save()


@step("herziening begonnen", before=[Status.PUBLISHED], why_not=only_writers_of_cases)
def revise(case, *, by, reason):
    """A concept beside it, `case.revision`; the text stays public until the new one is published."""
    if Case.objects.filter(revises=case).exists():
        raise Refused("Er is al een herziening van deze casus.")
    texts = {name: getattr(case, name) for name in Case.TEXTS}
    revision = Case.objects.create(revises=case, slug=f"herziening-{case.pk}", is_sample=case.is_sample, **texts)
    _copy_lists(case, revision)
    revision.writers.add(by)


@step("nagekeken", before=[Status.PUBLISHED], why_not=only_writers_of_cases)
def check(case, *, by, reason):
    """It still holds: only the day of the check moves."""
    _looked_at(case)


@step(
    "ingetrokken",
    before=[Status.PUBLISHED],
    after=Status.WITHDRAWN,
    why_not=case_officers_and_team,
    needs_reason=True,
    read_by="Iedereen",
)
def withdraw(case, *, by, reason):
    """It is not right any more; its page says why."""
    case.withdrawn_reason, case.withdrawn_on = reason[:1000], timezone.localdate()
    case.published_at = None
    Case.objects.filter(revises=case).delete()


STEPS = {one.name: one for one in (propose, give_back, publish, revise, check, withdraw)}


def steps_for(case, user):
    """The steps that this person may take now, by name."""
    return {name: one for name, one in STEPS.items() if one.can_be_taken(case, user)}


def add_rule_version(rule, *, valid_from, by=None, what_changed="", is_imported=False):
    """There is a new text of a rule: from that day its cases are flagged to the ministry and to the reader."""
    with transaction.atomic():
        rule = lock(rule)
        version, is_new = RuleVersion.objects.get_or_create(
            rule=rule,
            valid_from=valid_from,
            defaults={"what_changed": what_changed, "noted_by": by, "is_imported": is_imported},
        )
        if is_new:
            rule.version_on = max(valid_from, rule.version_on or valid_from)
            rule.save()
            note_step(rule, by=by, step="nieuwe versie", job="" if by else "regels bijhouden")
            mails.say_rule_changed(version)
    return version
