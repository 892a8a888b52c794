"""The steps of a question. Nothing else changes its status.

    onbevestigd ──confirm──▶ nieuw ──assign──▶ toegewezen ──ask_back──▶ wacht op vrager ──lapse──▶ gesloten
                               │                ▲ │ ▲ ▲  ◀──reply, hand_over──┘
                               │      hand_over └─┘ │ └──────give_back──────┐
                               │                    │                       │
                               └──same_as──▶  tweede lezer ◀──propose, same_as (toegewezen)
                                                    │
                              akkoord ◀──approve────┘
                                 │
                                 └──send──▶ beantwoord ──close──▶ gesloten
                                                 │                   │
                                                 └─reopen, correct───┴──▶ toegewezen

From any open one: `merge` ▶ samengevoegd, `withdraw` ▶ ingetrokken. Open is: nieuw to akkoord.

Who: `confirm`, `reply`, `withdraw`, `close` and `reopen` are the asker's (`by=None`; who holds the secret link is the
asker), `lapse` and `close` a nightly job's too. `assign` is of the team and of officers, for themselves or a colleague of
their own ministry; `approve` and `give_back` of the team and of officers who did not write. `correct` sends a correction
of a sent answer the whole way again. Where the ministry chose so, `approve` sends at once.

The number is given at `confirm`, in the same transaction: so numbers have no gaps, and what nobody confirmed uses none.
"""

from django.db import transaction
from django.utils import timezone

from regels import mails
from regels.deadlines import set_due_dates
from regels.models import Answer, Case, Draft, Handover, Message, Note, Question, YearNumber
from regels.people import (
    is_officer,
    is_team,
    may_send,
    ministries_of,
    officers_and_team,
    only_nobody,
    only_officers,
    second_reader,
)
from zorgpact.workflow import ASKER, Refused, Step, lock, note_step, step

Status = Question.Status
NIGHTLY = "vragen bijhouden"


class Stale(Refused):
    """Somebody else saved the answer meanwhile; `answer` is how it is now. Show both texts."""

    def __init__(self, answer):
        super().__init__("Intussen is dit antwoord ook ergens anders bewaard. Kijk wat er nu staat, en kies.")
        self.answer = answer


class QuestionStep(Step):
    """A step that also sets the clock: every step may start it, stop it or change the term."""

    def save(self, record):
        set_due_dates(record)
        record.version += 1
        return super().save(record)


def question_step(label, kind=QuestionStep, **rules):
    return step(label, kind=kind, **rules)


# --- Coming in ------------------------------------------------------------------------------------


def receive(draft, *, themes=(), **fields):
    """Make a question of a draft, and mail the asker a button. Sending the same draft twice gives one question."""
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.sent_as_id:
            return draft.sent_as
        if draft.is_sent:
            raise Refused("Deze vraag is al verstuurd.")
        question = Question.objects.create(**fields)
        question.themes.set(themes)
        draft.attachments.update(draft=None, question=question)
        draft.sent_as, draft.sent_at, draft.steps = question, timezone.now(), {}
        draft.save()
        note_step(question, by=None, step="verstuurd", job=ASKER)
        mails.ask_to_confirm(question)
    return question


def receive_from_account(*, by, **fields):
    """A question of somebody who is logged in: the address is known, so it is confirmed at once."""
    with transaction.atomic():
        question = Question.objects.create(email=by.email, name=str(by), **fields)
        note_step(question, by=by, step="verstuurd")
        return confirm(question, by=None)


def next_number(year):
    """The next number of a year, inside the transaction of the step that uses it."""
    YearNumber.objects.get_or_create(year=year)
    row = YearNumber.objects.select_for_update().get(year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


@question_step("bevestigd", before=[Status.UNCONFIRMED], after=Status.NEW, why_not=only_nobody, job=ASKER)
def confirm(question, *, by, reason):
    """The asker pressed the button: the question gets its number, and the clock begins."""
    now = timezone.localtime()
    question.year, question.number = now.year, next_number(now.year)
    question.confirmed_at, question.clock_from = now, now.date()
    question.status = Status.NEW
    if question.rule_id:
        question.ministry = question.rule.ministry
    mails.say_received(question)


# --- Who answers ----------------------------------------------------------------------------------


def nobody_has_it(question, user):
    if question.owner_id and question.owner != user:
        return f"Deze vraag is van {question.owner}. Draag hem over, met een reden."
    return officers_and_team(question, user)


@question_step("toegewezen", before=[Status.NEW, Status.ASSIGNED], after=Status.ASSIGNED, why_not=nobody_has_it)
def assign(question, *, by, reason, ministry=None, officer=None):
    """To a ministry, and to an officer of it or to nobody yet. Without either: to oneself."""
    _give_to(question, by=by, ministry=ministry, officer=officer, reason=reason)


@question_step(
    "overgedragen",
    before=[Status.ASSIGNED, Status.WAITING],
    after=Status.ASSIGNED,
    why_not=officers_and_team,
    needs_reason=True,
    read_by="Een collega",
)
def hand_over(question, *, by, reason, ministry=None, officer=None):
    """To another officer or ministry; whoever gets it reads why. The clock runs again."""
    _end_pause(question)
    _give_to(question, by=by, ministry=ministry, officer=officer, reason=reason)


def _give_to(question, *, by, ministry, officer, reason):
    officer, ministry = _chosen(question, by, ministry, officer)
    before, question.owner, question.ministry = question.owner, officer, ministry
    question.status = Status.ASSIGNED
    question.assigned_at = question.assigned_at or timezone.now()
    handover = Handover.objects.create(
        question=question, before=before, owner=officer, ministry=ministry, reason=reason[:1000], by=by
    )
    mails.say_assigned(handover)


def _chosen(question, by, ministry, officer):
    """Whom it goes to; refused where this person may not choose so."""
    if officer is None and ministry is None:
        officer = by
    if officer is not None:
        theirs = ministries_of(officer) if is_officer(officer) else []
        wanted = ministry or question.ministry
        ministry = wanted if wanted in theirs else (theirs[0] if theirs and not ministry else None)
        if ministry is None:
            raise Refused(f"{officer} werkt niet voor dit ministerie.")
    if not is_team(by) and ministry not in ministries_of(by):
        raise Refused("U wijst een vraag toe aan uzelf of aan een collega van uw eigen ministerie.")
    return officer, ministry


def name_ministries(question, *, by, ministries):
    """Say which other ministries may work on it; its own one stays the owner."""
    with transaction.atomic():
        question = _lock_for_work(question, by, officers_and_team)
        question.also_ministries.set(ministry for ministry in ministries if ministry != question.ministry)
        note_step(question, by=by, step="ministeries genoemd")
    return question


def classify(question, *, by, rule, obstacle):
    """Say which rule and which obstacle it is about: the asker seldom knows."""
    with transaction.atomic():
        question = _lock_for_work(question, by, only_officers, [*Question.OPEN, Status.ANSWERED, Status.CLOSED])
        Question.objects.filter(pk=question.pk).update(rule=rule, obstacle=obstacle)
        note_step(question, by=by, step="regel en belemmering gekozen")


def _lock_for_work(question, by, why_not, statuses=None):
    question = lock(question)
    if question.status not in (statuses or Question.OPEN):
        raise Refused(f"Dit kan niet meer: de stand is nu “{question.get_status_display()}”.")
    if problem := why_not(question, by):
        raise Refused(problem)
    return question


# --- Talking with the asker -----------------------------------------------------------------------


def _say(question, kind, text, *, by=None, answer=None):
    if not text.strip():
        raise Refused("Schrijf eerst iets op.")
    return Message.objects.create(question=question, kind=kind, text=text.strip(), officer=by, answer=answer)


@question_step("vrager gevraagd", before=[Status.ASSIGNED], after=Status.WAITING, why_not=only_officers)
def ask_back(question, *, by, reason, text):
    """Ask the asker something; the clock stands still until the reply."""
    message = _say(question, Message.Kind.ASKED_BACK, text, by=by)
    question.waiting_since, question.reminded_at = timezone.now(), None
    question.status = Status.WAITING
    question.pauses.create(since=timezone.localdate())
    mails.ask_asker(message)


@question_step("gereageerd", before=[Status.WAITING], after=Status.ASSIGNED, why_not=only_nobody, job=ASKER)
def reply(question, *, by, reason, text):
    """The asker answers what was asked; the clock goes on."""
    message = _say(question, Message.Kind.REPLY, text)
    _end_pause(question)
    question.status = Status.ASSIGNED
    mails.say_replied(message)


def _end_pause(question):
    question.pauses.filter(until=None).update(until=timezone.localdate())
    question.waiting_since = question.reminded_at = None


def add(question, *, text):
    """The asker adds something; the status stays. While we wait for a reply this is the reply."""
    with transaction.atomic():
        question = _lock_for_work(question, None, only_nobody)
        if question.status == Status.WAITING:
            return reply(question, by=None, text=text)
        mails.say_replied(_say(question, Message.Kind.ADDITION, text))
        note_step(question, by=None, step="aangevuld", job=ASKER)
    return question


def note(question, *, by, text, mentions=()):
    """An internal note; whoever is mentioned and may read it gets a mail."""
    if problem := officers_and_team(question, by):
        raise Refused(problem)
    if not text.strip():
        raise Refused("Schrijf eerst iets op.")
    with transaction.atomic():
        made = Note.objects.create(question=question, author=by, text=text.strip())
        made.mentions.set(person for person in mentions if is_officer(person) or is_team(person))
        note_step(question, by=by, step="notitie geschreven")
        mails.say_mentioned(made)
    return made


# --- The answer -----------------------------------------------------------------------------------


def write(question, *, by, text, outcome, version):
    """Save the answer that is being written; `version` is the one that the writer had before them, 0 for none.

    Raises `Stale` where somebody else saved it since. From the second reader on it is read-only.
    """
    with transaction.atomic():
        question = _lock_for_work(question, by, only_officers, [Status.ASSIGNED])
        answer = question.answer_in_writing or Answer(question=question, version=0)
        if answer.version != version:
            raise Stale(answer)
        if answer.pk:
            answer.earlier.create(number=answer.version, text=Answer.objects.get(pk=answer.pk).text, saved_by=by)
        answer.text, answer.outcome, answer.version = text, outcome, version + 1
        answer.save()
        answer.writers.add(by)
    return answer


@question_step("voorgelegd", before=[Status.ASSIGNED], after=Status.SECOND_READER, why_not=only_officers)
def propose(question, *, by, reason):
    """Let a second reader look at the answer; from now on it is read-only."""
    answer = question.answer_in_writing
    if answer is None or not answer.text.strip() or not answer.outcome:
        raise Refused("Schrijf eerst het antwoord en kies de uitkomst.")
    if question.goes_to_others and (found := question.names_asker(answer.text)):
        raise Refused(f"Dit antwoord gaat ook naar wie hetzelfde vroeg. Haal “{found}” eruit.")
    _to_second_reader(question, answer, by)


def _to_second_reader(question, answer, by):
    answer.proposed_by, answer.proposed_at, answer.returned_reason = by, timezone.now(), ""
    answer.save()
    answer.writers.add(by)
    question.owner = question.owner or by
    question.ministry = question.ministry or next(iter(ministries_of(by)), None)
    question.assigned_at = question.assigned_at or timezone.now()
    question.status = Status.SECOND_READER
    mails.ask_second_reader(answer)


@question_step(
    "hetzelfde als een casus", before=[Status.NEW, Status.ASSIGNED], after=Status.SECOND_READER, why_not=only_officers
)
def same_as(question, *, by, reason, case):
    """A public case answers it: that is the answer, and the officer becomes the owner."""
    if not case.is_published:
        raise Refused("Kies een casus die op de site staat.")
    answer = question.answer_in_writing or Answer(question=question, version=0)
    answer.text, answer.outcome, answer.case = mails.text_of_case(case), case.outcome, case
    answer.version += 1
    question.owner, question.case = by, case
    question.obstacle = question.obstacle or case.obstacle
    answer.save()
    _to_second_reader(question, answer, by)


def send_where_chosen(question, *, by):
    """Some ministries send as soon as the second reader agrees."""
    return send(question, by=by) if question.ministry and question.ministry.sends_at_once else question


@question_step(
    "akkoord", before=[Status.SECOND_READER], after=Status.AGREED, why_not=second_reader, then=send_where_chosen
)
def approve(question, *, by, reason):
    """Somebody who did not write it agrees with the answer."""
    Answer.objects.filter(pk=question.answer_in_writing.pk).update(approved_by=by, approved_at=timezone.now())
    question.status = Status.AGREED


@question_step(
    "teruggegeven", before=[Status.SECOND_READER], after=Status.ASSIGNED, why_not=second_reader, needs_reason=True
)
def give_back(question, *, by, reason):
    """The second reader asks for changes. Who writes from now on are its writers."""
    answer = question.answer_in_writing
    answer.returned_reason, answer.returned_by = reason[:1000], by
    answer.save()
    answer.writers.clear()
    question.status = Status.ASSIGNED
    mails.say_given_back(answer)


@question_step("verzonden", before=[Status.AGREED], after=Status.ANSWERED, why_not=may_send)
def send(question, *, by, reason):
    """The asker gets the answer, and so does whoever asked the same. It is never changed after this."""
    answer, now = question.answer_in_writing, timezone.now()
    answer.sent_at = now
    answer.save()
    question.outcome, question.answered_at, question.can_continue = answer.outcome, now, None
    question.first_answered_at = question.first_answered_at or now
    question.followed_up_at = None
    question.status = Status.ANSWERED
    for asked in [question, *question.merged.filter(anonymised_at=None)]:
        mails.send_answer(_say(asked, Message.Kind.ANSWER, answer.text, by=by, answer=answer))


# --- The end, and what is not the end -------------------------------------------------------------


def _close(question, status):
    question.closed_at = timezone.now()
    question.status = status
    question.pauses.filter(until=None).update(until=timezone.localdate())
    question.waiting_since = question.reminded_at = None


@question_step("vervallen", before=[Status.WAITING], after=Status.CLOSED, why_not=only_nobody, job=NIGHTLY)
def lapse(question, *, by, reason):
    """No reply, a month after the reminder."""
    if not Question.objects.to_lapse().filter(pk=question.pk).exists():
        raise Refused("De vrager heeft nog tijd om te reageren.")
    _close(question, Status.CLOSED)
    mails.say_lapsed(question)


class Merge(QuestionStep):
    """Locks both in one order: of two who merge each other's question the second is refused, and neither waits for ever."""

    def __call__(self, question, *, into, **details):
        with transaction.atomic():
            list(Question.objects.select_for_update().filter(pk__in=[question.pk, into.pk]).order_by("pk"))
            return super().__call__(question, into=into, **details)


@question_step("samengevoegd", kind=Merge, before=Question.OPEN, after=Status.MERGED, why_not=only_officers)
def merge(question, *, by, reason, into):
    """The same question stands elsewhere: its asker gets the same answer."""
    into = lock(into)
    if into.pk == question.pk or into.status not in Question.OPEN:
        raise Refused("Voeg samen met een andere vraag die nog open is.")
    if problem := only_officers(into, by):
        raise Refused(problem)
    answer = into.answer_in_writing
    is_read_only = into.status in (Status.SECOND_READER, Status.AGREED)
    if answer and is_read_only and (found := into.names_asker(answer.text)):
        # From the second reader on nobody can take it out.
        raise Refused(
            f"Het antwoord op {into.reference} noemt “{found}”. Geef dat antwoord eerst terug aan de schrijver."
        )
    question.merged_into = into
    # Whoever was merged into this one goes along, so that nobody is two steps away from the answer.
    question.merged.update(merged_into=into)
    _close(question, Status.MERGED)
    mails.say_merged(question)


@question_step("ingetrokken", before=Question.OPEN, after=Status.WITHDRAWN, why_not=only_nobody, job=ASKER)
def withdraw(question, *, by, reason):
    """The asker needs no answer any more."""
    question.withdrawn_reason = reason[:500]
    _close(question, Status.WITHDRAWN)
    mails.say_withdrawn(question)


@question_step("gesloten", before=[Status.ANSWERED], after=Status.CLOSED, why_not=only_nobody, job=ASKER)
def close(question, *, by, reason, can_continue=True):
    """The asker can go on; or six weeks went by (`can_continue=None`)."""
    question.can_continue = can_continue
    _close(question, Status.CLOSED)


def helped(question):
    """The asker can go on: that closes it. Of one that closed by itself only this is noted."""
    with transaction.atomic():
        question = lock(question)
        if question.status != Status.CLOSED:
            return close(question, by=None)
        if question.is_anonymised or not question.outcome:
            raise Refused("Deze vraag is gesloten zonder antwoord.")
        Question.objects.filter(pk=question.pk).update(can_continue=True)
        note_step(question, by=None, step="kan verder", job=ASKER)
    return question


@question_step(
    "heropend", before=[Status.ANSWERED, Status.CLOSED], after=Status.ASSIGNED, why_not=only_nobody, job=ASKER
)
def reopen(question, *, by, reason, text=""):
    """The asker cannot go on yet: the same officer gets it back, and the term begins again."""
    if question.is_anonymised:
        raise Refused("Deze vraag is te lang geleden. Stel een nieuwe vraag.")
    message = _say(question, Message.Kind.NOT_HELPED, text) if text.strip() else None
    question.can_continue = False
    question.reopened += 1
    _begin_again(question)
    mails.say_reopened(question, message)


@question_step(
    "correctie begonnen",
    before=[Status.ANSWERED, Status.CLOSED],
    after=Status.ASSIGNED,
    why_not=only_officers,
    needs_reason=True,
    read_by="Een collega",
)
def correct(question, *, by, reason):
    """The answer was wrong: a correction goes the whole way again, and is a new message."""
    if question.is_anonymised or not question.email:
        raise Refused("De vrager is niet meer bekend.")
    Note.objects.create(question=question, author=by, text=f"Correctie: {reason}")
    _begin_again(question)


def _begin_again(question):
    if question.owner and not question.owner.is_active:
        question.owner = None
    question.closed_at = None
    question.status = Status.ASSIGNED
    question.clock_from = timezone.localdate()
    # The earlier pauses belong to the earlier term.
    question.pauses.all().delete()


# --- Towards a case -------------------------------------------------------------------------------


def begin_case(question, *, by):
    """An empty draft of a case about this question, with what both share and none of its words."""
    with transaction.atomic():
        question = _lock_for_work(question, by, only_officers, list(Status))
        if question.case_id:
            raise Refused("Bij deze vraag hoort al een casus.")
        case = Case.objects.create(
            question="",
            answer="",
            slug=f"concept-{question.reference.lower()}",
            outcome=question.outcome,
            ministry=question.ministry,
            obstacle=question.obstacle,
        )
        case.themes.set(question.themes.all())
        case.organisation_kinds.set([question.organisation_kind] if question.organisation_kind else [])
        if question.rule:
            case.rule_links.create(rule=question.rule)
        case.writers.add(by)
        Question.objects.filter(pk=question.pk).update(case=case)
        note_step(question, by=by, step="casus begonnen")
    return case


def decline_case(question, *, by, reason):
    """No case comes of it; it leaves the queue “te publiceren”."""
    with transaction.atomic():
        question = _lock_for_work(question, by, only_officers, list(Status))
        if not reason.strip():
            raise Refused("Schrijf op waarom. Een collega leest dat terug.")
        Question.objects.filter(pk=question.pk).update(no_case_because=reason.strip()[:300])
        note_step(question, by=by, step="geen casus")


STEPS = {
    one.name: one
    for one in (
        confirm, assign, hand_over, ask_back, reply, propose, same_as, approve, give_back, send, lapse, merge, withdraw,
        close, reopen, correct,
    )
}  # fmt: skip


def steps_for(question, user):
    """The steps that this person may take now, by name; `None` is the asker."""
    return {name: one for name, one in STEPS.items() if one.can_be_taken(question, user)}
