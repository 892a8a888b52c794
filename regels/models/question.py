import re
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from kopgroep.models import Koploper
from organisations.models import OrganisationKind
from programme.models import Sampled, Versioned
from regions.models import RegionalPact
from themes.models import Theme
from zorgpact.tokens import hash_of, new_token

from .case import Case
from .choices import Outcome, SaidBy
from .ministry import Ministry
from .obstacle import Obstacle
from .rule import Rule

# A draft that nobody touches, and the mail that waits for its button.
DRAFT_LIVES = timedelta(days=30)
UNCONFIRMED_LIVES = timedelta(days=7)
# While the asker is silent: one reminder, and then the question lapses.
REMIND_AFTER = timedelta(days=14)
LAPSES_AFTER_REMINDER = timedelta(days=30)
CLOSES_AFTER = timedelta(weeks=6)


class YearNumber(models.Model):
    """The last number that was given out in a year. Locked while the next one is, so that none is skipped."""

    public_fields = ()

    year = models.PositiveSmallIntegerField("jaar", unique=True)
    last = models.PositiveIntegerField("laatste nummer", default=0)

    class Meta:
        verbose_name = "laatste vraagnummer"
        verbose_name_plural = "laatste vraagnummers"
        ordering = ["year"]
        default_permissions = ()

    def __str__(self):
        return f"{self.year}: {self.last}"


class QuestionQuerySet(models.QuerySet):
    """The queues of whoever answers, each with the oldest first when `in_order()`."""

    def by_token(self, token):
        """For who holds a secret link to it; one whose asker was forgotten has none."""
        return self.filter(links__token_hash=hash_of(token), anonymised_at=None)

    def confirmed(self):
        """What stands in queues and counts at all."""
        return self.exclude(status=Question.Status.UNCONFIRMED)

    def read_by(self, user):
        """Officers of every ministry and the team read along; nobody else."""
        may = user.is_active and (user.has_perm(Question.ANSWER) or user.has_perm(Question.ASSIGN))
        return self.confirmed() if may else self.none()

    def answered_by(self, user, ministries=None):
        """On which `user` may work: of the own ministry, or where it is named. What nobody has yet is for every officer.

        Who asks more than once gives the `ministries` of the user along.
        """
        if not user.has_perm(Question.ANSWER):
            return self.none()
        mine = list(Ministry.objects.of(user).values_list("pk", flat=True)) if ministries is None else ministries
        named = Question.also_ministries.through.objects.filter(question=OuterRef("pk"), ministry__in=mine)
        return self.confirmed().filter(Q(ministry__in=mine) | Q(ministry=None) | Exists(named))

    def open(self):
        return self.filter(status__in=Question.OPEN)

    def new(self):
        """“Nieuw”: somebody must assign it."""
        return self.filter(status=Question.Status.NEW)

    def of_officer(self, user):
        """“Van mij”: mine to do something about now."""
        return self.filter(owner=user, status__in=(Question.Status.ASSIGNED, Question.Status.AGREED))

    def of_ministry(self, *ministries):
        """“Mijn ministerie”: all that is open there, also where the ministry is only named."""
        # Not `Exists`: so each side of the "or" may follow an index of its own.
        named = Question.also_ministries.through.objects.filter(ministry__in=ministries).values("question")
        return self.open().filter(Q(ministry__in=ministries) | Q(pk__in=named))

    def waiting_for_asker(self):
        return self.filter(status=Question.Status.WAITING)

    def to_review(self, user=None):
        """“Te toetsen”: waits for a second reader; of these, what `user` did not write."""
        from .talk import Answer

        waiting = self.filter(status=Question.Status.SECOND_READER)
        if user is None:
            return waiting
        written = Answer.objects.filter(question=OuterRef("pk"), sent_at=None, writers=user)
        return waiting.exclude(Exists(written))

    def decided_not_sent(self):
        return self.filter(status=Question.Status.AGREED)

    def overdue(self, today=None):
        """“Te laat”: not assigned or not answered in time. A question that waits for its asker has no due date."""
        today = today or timezone.localdate()
        return self.filter(
            Q(status=Question.Status.NEW, assign_due_on__lt=today)
            | Q(status__in=Question.OPEN, answer_due_on__lt=today)
        )

    def to_publish(self):
        """“Te publiceren”: answered, the asker said yes to a case, and nobody wrote one or decided not to."""
        return self.filter(
            status__in=(Question.Status.ANSWERED, Question.Status.CLOSED),
            may_become_case=True,
            case=None,
            no_case_because="",
            anonymised_at=None,
        ).exclude(outcome="")

    def perhaps_outdated(self, today=None):
        """“Antwoord mogelijk verouderd”: answered with a case that may not hold any more."""
        # From the few cases to their questions, and not the other way: most questions were answered long ago.
        outdated = Case.objects.perhaps_outdated(today).values("pk")
        return self.filter(status__in=(Question.Status.ANSWERED, Question.Status.CLOSED), case__in=outdated)

    def in_order(self):
        """Oldest first."""
        return self.order_by("confirmed_at", "pk")

    # What the nightly jobs look for.

    def unconfirmed_too_long(self, now=None):
        before = (now or timezone.now()) - UNCONFIRMED_LIVES
        return self.filter(status=Question.Status.UNCONFIRMED, submitted_at__lte=before)

    def to_remind(self, now=None):
        """Asked back a while ago, and not reminded yet."""
        before = (now or timezone.now()) - REMIND_AFTER
        return self.waiting_for_asker().filter(waiting_since__lte=before, reminded_at=None)

    def to_lapse(self, now=None):
        return self.waiting_for_asker().filter(reminded_at__lte=(now or timezone.now()) - LAPSES_AFTER_REMINDER)

    def to_close(self, now=None):
        return self.filter(status=Question.Status.ANSWERED, answered_at__lte=(now or timezone.now()) - CLOSES_AFTER)

    def to_follow_up(self, now=None):
        """Answered six weeks ago, and not asked yet whether it helped."""
        return self.filter(
            status__in=(Question.Status.ANSWERED, Question.Status.CLOSED),
            answered_at__lte=(now or timezone.now()) - CLOSES_AFTER,
            followed_up_at=None,
            anonymised_at=None,
        ).exclude(email="")

    def to_anonymise(self, now=None):
        """Done with for longer than the term of the settings."""
        before = (now or timezone.now()) - timedelta(days=settings.PORTAL_QUESTIONS_KEPT_DAYS)
        return self.filter(status__in=Question.DONE, closed_at__lte=before, anonymised_at=None)


class Question(Versioned, Sampled):
    """What somebody asks about a rule; private, always. Only `workflow` changes its status.

    Status says how far it is, `outcome` how it ended, `may_become_case` and `case` whether the public hears of it.
    """

    class Status(models.TextChoices):
        UNCONFIRMED = "onbevestigd", "nog niet bevestigd"
        NEW = "nieuw", "nieuw"
        ASSIGNED = "toegewezen", "toegewezen"
        WAITING = "wacht-op-vrager", "wacht op vrager"
        SECOND_READER = "tweede-lezer", "bij de tweede lezer"
        AGREED = "akkoord", "akkoord, nog niet verzonden"
        ANSWERED = "beantwoord", "beantwoord"
        CLOSED = "gesloten", "gesloten"
        MERGED = "samengevoegd", "samengevoegd"
        WITHDRAWN = "ingetrokken", "ingetrokken"

    OPEN = (Status.NEW, Status.ASSIGNED, Status.WAITING, Status.SECOND_READER, Status.AGREED)
    DONE = (Status.CLOSED, Status.MERGED, Status.WITHDRAWN)
    ANSWER = "regels.answer_question"
    ASSIGN = "regels.assign_question"
    public_fields = ()
    # A reason may quote the asker: the history keeps the step and not the reason. See `workflow`.
    reason_stays_out_of_history = True
    # What is emptied when the asker is forgotten.
    PERSONAL = (
        "question", "goal", "said_by_note", "written_where", "rule_text", "tried", "organisation_name", "email", "name",
        "withdrawn_reason", "no_case_because",
    )  # fmt: skip

    year = models.PositiveSmallIntegerField("jaar", null=True, editable=False)
    number = models.PositiveIntegerField("nummer", null=True, editable=False)
    status = models.CharField("stand", max_length=20, choices=Status, default=Status.UNCONFIRMED, editable=False)
    outcome = models.CharField("uitkomst", max_length=30, choices=Outcome, blank=True, editable=False)

    question = models.TextField("vraag", help_text="Wat wilt u weten? Schrijf geen namen of medische gegevens op.")
    goal = models.TextField("wat u wilt bereiken", blank=True)
    said_by = models.CharField("wie zegt dat het niet mag", max_length=20, choices=SaidBy, default=SaidBy.UNKNOWN)
    said_by_note = models.CharField("toelichting daarop", max_length=300, blank=True)
    written_where = models.CharField("waar dat staat", max_length=500, blank=True)
    rule = models.ForeignKey(
        Rule, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions", verbose_name="regel"
    )
    rule_text = models.CharField("welke regel, in eigen woorden", max_length=300, blank=True)
    tried = models.TextField("wat u al probeerde", blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thema’s")
    organisation_name = models.CharField("organisatie", max_length=200, blank=True)
    organisation_kind = models.ForeignKey(
        OrganisationKind,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="soort organisatie",
    )
    pact = models.ForeignKey(
        RegionalPact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="pact"
    )
    koploper = models.ForeignKey(
        Koploper, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="koploper"
    )
    email = models.EmailField("e-mailadres", max_length=254, blank=True)
    name = models.CharField("naam", max_length=150, blank=True)
    may_become_case = models.BooleanField(
        "mag een casus worden", default=False, help_text="Zonder namen, in onze eigen woorden."
    )

    ministry = models.ForeignKey(
        Ministry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="questions",
        verbose_name="ministerie",
    )
    also_ministries = models.ManyToManyField(
        Ministry, blank=True, related_name="+", verbose_name="ook voor", help_text="Zij mogen meelezen en antwoorden."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="behandelaar",
    )
    case = models.ForeignKey(
        Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="casus"
    )
    obstacle = models.ForeignKey(
        Obstacle, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="belemmering"
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name="samengevoegd met",
    )
    no_case_because = models.CharField("waarom geen casus", max_length=300, blank=True)
    withdrawn_reason = models.CharField("waarom ingetrokken", max_length=500, blank=True, editable=False)

    submitted_at = models.DateTimeField("verstuurd op", default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True, editable=False)
    # The clock: from when it runs, and until when it may; see `clock.py`. No due date while it stands still.
    clock_from = models.DateField("klok loopt vanaf", null=True, blank=True, editable=False)
    assign_due_on = models.DateField("toewijzen voor", null=True, blank=True, editable=False)
    answer_due_on = models.DateField("antwoord voor", null=True, blank=True, editable=False)
    assigned_at = models.DateTimeField("toegewezen op", null=True, blank=True, editable=False)
    waiting_since = models.DateTimeField("wacht sinds", null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField("herinnerd op", null=True, blank=True, editable=False)
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True, editable=False)
    # Kept when a question is answered again: the figures count from the first answer.
    first_answered_at = models.DateTimeField("eerste antwoord op", null=True, blank=True, editable=False)
    followed_up_at = models.DateTimeField("gevraagd of het hielp op", null=True, blank=True, editable=False)
    can_continue = models.BooleanField("kan verder", null=True, blank=True, editable=False)
    reopened = models.PositiveSmallIntegerField("keren heropend", default=0, editable=False)
    closed_at = models.DateTimeField("gesloten op", null=True, blank=True, editable=False)
    anonymised_at = models.DateTimeField("geanonimiseerd op", null=True, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["-submitted_at", "-pk"]
        default_permissions = ("view",)
        permissions = [
            ("answer_question", "Mag vragen beantwoorden"),
            ("assign_question", "Mag vragen toewijzen en toetsen"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="question_number_once_a_year"),
            models.CheckConstraint(
                condition=Q(status="onbevestigd", number=None) | (~Q(status="onbevestigd") & Q(number__isnull=False)),
                name="question_has_a_number_once_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status="wacht-op-vrager") | Q(waiting_since__isnull=False, answer_due_on=None),
                name="question_clock_stands_still_while_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["beantwoord"]) | (~Q(outcome="") & Q(answered_at__isnull=False)),
                name="question_is_answered_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["gesloten", "samengevoegd", "ingetrokken"]) | Q(closed_at__isnull=False),
                name="question_says_when_it_was_closed",
            ),
            models.CheckConstraint(
                condition=~Q(status="samengevoegd") | ~Q(pk=F("merged_into")), name="question_merges_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at=None) | (Q(email="") & Q(name="") & Q(question="")),
                name="question_without_its_asker_is_empty",
            ),
        ]
        # Every queue walks its own index, oldest first.
        indexes = [
            models.Index(fields=["status", "confirmed_at"], name="question_queue"),
            models.Index(fields=["owner", "status", "confirmed_at"], name="question_of_officer"),
            models.Index(fields=["ministry", "status", "confirmed_at"], name="question_of_ministry"),
            models.Index(fields=["status", "answer_due_on"], name="question_answer_due"),
            models.Index(fields=["status", "assign_due_on"], name="question_assign_due"),
            models.Index(fields=["case", "status"], name="question_of_case"),
            models.Index(fields=["status", "closed_at"], name="question_closed"),
            # With the ministry in it: PostgreSQL counts what is open there without reading the questions themselves.
            models.Index(
                fields=["confirmed_at", "id", "ministry"],
                condition=Q(status__in=["nieuw", "toegewezen", "wacht-op-vrager", "tweede-lezer", "akkoord"]),
                name="question_open",
            ),
            # The newest questions of which the asker is known: what looks like another one is looked for in these.
            models.Index(
                fields=["confirmed_at", "status"], condition=Q(anonymised_at=None), name="question_known_asker"
            ),
            # Without values in its condition, so that SQLite can tell that the index fits.
            models.Index(
                fields=["no_case_because", "status", "confirmed_at"],
                condition=Q(may_become_case=True, case=None, anonymised_at=None),
                name="question_to_publish",
            ),
        ]

    def __str__(self):
        return self.reference or f"vraag zonder nummer {self.pk}"

    @property
    def reference(self):
        """As R-2026-0042. Given when the asker confirms: what was never confirmed uses no number up."""
        return f"R-{self.year}-{self.number:04}" if self.number else ""

    @property
    def is_open(self):
        return self.status in self.OPEN

    @property
    def is_anonymised(self):
        return self.anonymised_at is not None

    @property
    def reader(self):
        """How a mail greets the asker."""
        return self.name or "vrager"

    @property
    def answer_in_writing(self):
        """The answer that was not sent yet, or none."""
        return self.answers.filter(sent_at=None).first()

    @property
    def goes_to_others(self):
        """Whether others asked the same, and get the answer that is sent to this one."""
        return self.pk is not None and self.merged.filter(anonymised_at=None).exists()

    def names_asker(self, text):
        """What of the asker stands word for word in a text that others will read; empty where nothing does."""
        known = (self.name, self.email, self.organisation_name)
        return next((word for word in known if word and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I)), "")

    @property
    def explanation(self):
        """What the status means for the asker, and who is next."""
        who = f"ministerie van {self.ministry}" if self.ministry_id else "ministerie"
        status = self.Status
        return {
            status.UNCONFIRMED: "Druk op de knop hieronder. Dan krijgt uw vraag een nummer en gaat hij naar een ministerie.",
            status.NEW: "Uw vraag is binnen. Wij zoeken uit welk ministerie antwoordt.",
            status.ASSIGNED: f"Het {who} werkt aan uw antwoord.",
            status.WAITING: f"Het {who} heeft u iets gevraagd en wacht op u. De klok staat stil.",
            status.SECOND_READER: f"Het {who} schreef een antwoord. Een collega leest het na.",
            status.AGREED: "Het antwoord is klaar. U krijgt het binnenkort.",
            status.ANSWERED: "Uw vraag is beantwoord. Laat ons weten of u verder kunt.",
            status.CLOSED: "Deze vraag is gesloten. Kunt u toch niet verder? Dan opent u hem weer.",
            status.MERGED: "Uw vraag is samengevoegd met dezelfde vraag van iemand anders. U krijgt hetzelfde antwoord.",
            status.WITHDRAWN: "Deze vraag is ingetrokken. U hoeft niets te doen.",
        }[status(self.status)]


class StatusLinkManager(models.Manager):
    def make(self, question):
        """A new secret link; its token, which is kept nowhere. Every mail carries one of its own."""
        token = new_token()
        self.create(question=question, token_hash=hash_of(token))
        return token


class StatusLink(models.Model):
    """A secret link to the page of one question. Works until the asker is forgotten."""

    public_fields = ()

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = StatusLinkManager()

    class Meta:
        verbose_name = "link naar een vraag"
        verbose_name_plural = "links naar vragen"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self):
        return f"link {self.pk}"


class Pause(models.Model):
    """A time in which the clock stood still, because we waited for the asker."""

    public_fields = ()

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="pauses", verbose_name="vraag")
    since = models.DateField("vanaf")
    until = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "pauze van de klok"
        verbose_name_plural = "pauzes van de klok"
        ordering = ["since", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["question"], condition=Q(until=None), name="one_pause_at_a_time"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="pause_ends_after_it_began"
            ),
        ]

    def __str__(self):
        return f"{self.since} – {self.until or ''}"


class DraftManager(models.Manager):
    def start(self, **fields):
        """A new draft with the token of its address, which is kept nowhere."""
        token = new_token()
        return self.create(token_hash=hash_of(token), **fields), token


class DraftQuerySet(models.QuerySet):
    def by_token(self, token):
        return self.filter(token_hash=hash_of(token))

    def editable(self):
        return self.filter(sent_at=None)

    def lapsed(self, now=None):
        """What nobody touched for a month, and what was sent longer ago than that."""
        return self.filter(saved_at__lte=(now or timezone.now()) - DRAFT_LIVES)


class Draft(Versioned):
    """A question that is being typed, step by step, kept on the server: no cookie is set for the asker."""

    public_fields = ()

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # Step → {field: what was typed, right or not yet right}.
    steps = models.JSONField("stappen", default=dict, blank=True)
    started_at = models.DateTimeField("begonnen op", default=timezone.now, editable=False)
    saved_at = models.DateTimeField("bewaard op", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True, editable=False)
    # What came of it: sending twice gives one question. Not the other way: a question knows no draft.
    sent_as = models.OneToOneField(
        Question, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="draft"
    )

    objects = DraftManager.from_queryset(DraftQuerySet)()

    class Meta:
        verbose_name = "concept van een vraag"
        verbose_name_plural = "concepten van vragen"
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["saved_at"], name="draft_by_age")]

    def __str__(self):
        return f"concept {self.pk}"

    @property
    def is_sent(self):
        return self.sent_at is not None


class AttachmentQuerySet(models.QuerySet):
    def to_scan(self):
        return self.filter(scan=Attachment.Scan.WAITING)

    def downloadable(self):
        """Of which the scanner said that it is clean."""
        return self.filter(scan=Attachment.Scan.CLEAN)


class Attachment(models.Model):
    """A file that an asker added; at most three. It stands apart under a random name, and nobody gets it before the scanner's word."""

    class Kind(models.TextChoices):
        PDF = "pdf", "pdf"
        ODT = "odt", "odt"
        DOCX = "docx", "docx"
        PNG = "png", "png"
        JPG = "jpg", "jpg"

    class Scan(models.TextChoices):
        WAITING = "wacht", "wacht op de virusscanner"
        CLEAN = "schoon", "geen virus gevonden"
        INFECTED = "besmet", "virus gevonden"
        FAILED = "mislukt", "kon niet worden gescand"

    MOST = 3
    MAX_SIZE = 10 * 1024 * 1024
    public_fields = ()

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments")
    file_name = models.CharField("naam van het bestand", max_length=200)
    stored_as = models.CharField(max_length=80, unique=True, editable=False)
    kind = models.CharField("soort", max_length=10, choices=Kind)
    size = models.PositiveIntegerField("grootte", help_text="In bytes.")
    scan = models.CharField("virusscan", max_length=10, choices=Scan, default=Scan.WAITING, editable=False)
    scanned_at = models.DateTimeField("gescand op", null=True, blank=True, editable=False)
    added_at = models.DateTimeField("toegevoegd op", default=timezone.now, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(draft=None, question__isnull=False) | Q(draft__isnull=False, question=None),
                name="attachment_has_one_place",
            ),
            models.CheckConstraint(condition=Q(size__lte=10 * 1024 * 1024), name="attachment_is_no_larger_than_10_mb"),
        ]

    def __str__(self):
        return self.file_name


class LookupHelpedQuerySet(models.QuerySet):
    def count_one(self, case, today=None):
        """“Dit helpt mij”: one more today."""
        row, _new = self.get_or_create(case=case, day=today or timezone.localdate())
        self.filter(pk=row.pk).update(times=F("times") + 1)


class LookupHelped(models.Model):
    """How often a case ended a question before it was asked, by day. Nothing of who."""

    public_fields = ()

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lookups", verbose_name="casus")
    day = models.DateField("dag", default=timezone.localdate)
    times = models.PositiveIntegerField("keren", default=0)

    objects = LookupHelpedQuerySet.as_manager()

    class Meta:
        verbose_name = "“dit helpt mij”"
        verbose_name_plural = "“dit helpt mij”"
        ordering = ["-day", "pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["case", "day"], name="lookup_helped_once_a_day")]

    def __str__(self):
        return f"{self.case}, {self.day}"
