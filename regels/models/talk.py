"""What is said and written about a question. All of it private, and emptied when the asker is forgotten."""

import re
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programme.models import Versioned

from .case import Case
from .choices import Outcome
from .ministry import Ministry
from .question import Question
from .rule import Rule

USER = settings.AUTH_USER_MODEL
VARIABLE = re.compile(r"\{([^{}\n]*)\}")


class Answer(Versioned):
    """An answer, from its first word until it is sent. The next one, a correction, is a new answer.

    It may be written while its question is assigned, and only then; `workflow.write` saves it and remembers who wrote.
    """

    public_fields = ()

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers", verbose_name="vraag")
    text = models.TextField("antwoord", blank=True)
    outcome = models.CharField("uitkomst", max_length=30, choices=Outcome, blank=True)
    case = models.ForeignKey(
        Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="hetzelfde als casus"
    )
    # Everyone who saved it since it was last returned: none of them is the second reader.
    writers = models.ManyToManyField(USER, blank=True, editable=False, related_name="+", verbose_name="schrijvers")
    started_at = models.DateTimeField("begonnen op", auto_now_add=True)
    proposed_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    proposed_at = models.DateTimeField("voorgelegd op", null=True, blank=True, editable=False)
    returned_reason = models.CharField("waarom teruggegeven", max_length=1000, blank=True, editable=False)
    returned_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    approved_by = models.ForeignKey(
        USER,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="tweede lezer",
    )
    approved_at = models.DateTimeField("akkoord op", null=True, blank=True, editable=False)
    sent_at = models.DateTimeField("verzonden op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["question"], condition=Q(sent_at=None), name="one_answer_in_writing"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(approved_at__isnull=False), name="answer_is_sent_after_approval"
            ),
        ]

    def __str__(self):
        return f"antwoord op {self.question}"


class AnswerVersion(models.Model):
    """What an answer said before somebody saved it again."""

    public_fields = ()

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="earlier", verbose_name="antwoord")
    number = models.PositiveIntegerField("versie")
    text = models.TextField("tekst", blank=True)
    saved_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="door")
    saved_at = models.DateTimeField("bewaard op", auto_now_add=True)

    class Meta:
        verbose_name = "eerdere tekst van een antwoord"
        verbose_name_plural = "eerdere teksten van een antwoord"
        ordering = ["-number"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="answer_version_once")]

    def __str__(self):
        return f"versie {self.number}"


class Message(models.Model):
    """One message between the asker and the ministry. Added and never changed: a correction is a new one."""

    class Kind(models.TextChoices):
        ASKED_BACK = "vraag-terug", "vraag aan de vrager"
        REPLY = "reactie", "antwoord van de vrager"
        ADDITION = "aanvulling", "aanvulling van de vrager"
        ANSWER = "antwoord", "het antwoord"
        NOT_HELPED = "niet-verder", "waarom de vrager niet verder kan"

    FROM_ASKER = (Kind.REPLY, Kind.ADDITION, Kind.NOT_HELPED)
    public_fields = ()

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="messages", verbose_name="vraag")
    kind = models.CharField("soort", max_length=20, choices=Kind)
    text = models.TextField("tekst")
    # Nobody: the asker, who has no account.
    officer = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ambtenaar"
    )
    answer = models.ForeignKey(Answer, on_delete=models.RESTRICT, null=True, blank=True, related_name="messages")
    sent_at = models.DateTimeField("verzonden op", default=timezone.now)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["sent_at", "pk"]
        default_permissions = ("view",)
        constraints = [
            # "Sent twice" cannot be written down.
            models.UniqueConstraint(
                fields=["question", "answer"], condition=Q(answer__isnull=False), name="answer_sent_once_to_an_asker"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} bij {self.question}"

    @property
    def is_from_asker(self):
        return self.kind in self.FROM_ASKER


class Note(models.Model):
    """An internal note; whoever it mentions gets a mail. The asker never sees it."""

    public_fields = ()

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="notes", verbose_name="vraag")
    text = models.TextField("notitie")
    author = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="van")
    mentions = models.ManyToManyField(USER, blank=True, related_name="+", verbose_name="voor")
    written_at = models.DateTimeField("geschreven op", default=timezone.now)

    class Meta:
        verbose_name = "interne notitie"
        verbose_name_plural = "interne notities"
        ordering = ["written_at", "pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"notitie bij {self.question}"


class Handover(models.Model):
    """Who got a question, from whom and why."""

    public_fields = ()

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="handovers", verbose_name="vraag")
    before = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="van"
    )
    owner = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="naar"
    )
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ministerie"
    )
    reason = models.CharField("waarom", max_length=1000, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="door")
    at = models.DateTimeField("op", default=timezone.now)

    class Meta:
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"
        ordering = ["at", "pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.question} naar {self.owner or self.ministry}"


class TextBlockQuerySet(models.QuerySet):
    def for_question(self, question):
        """What fits: blocks of its rule, ministry and outcome, and those that fit all."""
        return self.filter(
            Q(rule=None) | Q(rule=question.rule_id), Q(ministry=None) | Q(ministry=question.ministry_id)
        ).select_related("rule", "ministry")


class TextBlock(Versioned):
    """A text that officers use again, with words between braces that the portal fills in."""

    public_fields = ()
    VARIABLES = ("naam", "nummer", "regel", "casus", "ministerie")

    title = models.CharField("titel", max_length=120, unique=True)
    text = models.TextField(
        "tekst", help_text="Tussen accolades vullen wij zelf in: {naam}, {nummer}, {regel}, {casus} en {ministerie}."
    )
    rule = models.ForeignKey(
        Rule, on_delete=models.CASCADE, null=True, blank=True, related_name="text_blocks", verbose_name="bij regel"
    )
    outcome = models.CharField("bij uitkomst", max_length=30, choices=Outcome, blank=True)
    ministry = models.ForeignKey(
        Ministry, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="van ministerie"
    )
    is_in_use = models.BooleanField("in gebruik", default=True)

    objects = TextBlockQuerySet.as_manager()

    class Meta:
        verbose_name = "tekstblok"
        verbose_name_plural = "tekstblokken"
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title

    def clean(self):
        if unknown := [name for name in VARIABLE.findall(self.text) if name not in self.VARIABLES]:
            raise ValidationError({"text": f"Dit kunnen wij niet invullen: {', '.join(unknown)}."})

    def filled_for(self, question):
        """The text for this question; a variable of which we know nothing stays, for the officer to see.

        So does one that is of the asker alone, where the answer goes to others too.
        """
        own = {} if question.goes_to_others else {"naam": question.name, "nummer": question.reference}
        values = own | {
            "regel": str(question.rule or ""),
            "casus": str(question.case or ""),
            "ministerie": question.ministry.name if question.ministry else "",
        }
        return VARIABLE.sub(lambda found: values.get(found[1]) or found[0], self.text)


class PresenceQuerySet(models.QuerySet):
    def others_at(self, question, user, now=None):
        """Who else has it open now."""
        since = (now or timezone.now()) - Presence.LASTS
        return self.filter(question=question, seen_at__gte=since).exclude(user=user).select_related("user")

    def see(self, question, user):
        self.update_or_create(question=question, user=user, defaults={"seen_at": timezone.now()})


class Presence(models.Model):
    """A colleague has a question open: a script says so every half minute."""

    LASTS = timedelta(seconds=75)
    public_fields = ()

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="presences", verbose_name="vraag")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+", verbose_name="wie")
    seen_at = models.DateTimeField("gezien op", default=timezone.now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "wie een vraag open heeft"
        verbose_name_plural = "wie een vraag open heeft"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["question", "user"], name="present_once_at_a_question")]

    def __str__(self):
        return f"{self.user} bij {self.question}"
