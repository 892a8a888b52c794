"""All that a section needs beside what was typed; each part is one query, made when it is asked for."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.choices import BaseChoiceIterator
from django.utils.text import capfirst

from kopgroep.models import Effect
from organisations.models import Organisation
from regions.models import Phase
from themes.models import Theme, WorkingElement
from zorgpact.numbers import number_of

from .models import Agreement, IntendedResultVersion, SectionKind, Version


@dataclass(frozen=True)
class Activity:
    """What an ambition or a result can be tied to: a point of the agenda, or a new activity of this draft."""

    ref: str
    title: str


class Choices(BaseChoiceIterator):
    """Pairs that are right as they are: Django would go through all of them again for every row of a page."""

    def __init__(self, pairs):
        self.pairs = list(pairs)

    def __iter__(self):
        return iter(self.pairs)


class Context:
    """Of one reflection."""

    def __init__(self, reflection):
        self.reflection = reflection
        self.pact, self.round = reflection.pact, reflection.round

    @cached_property
    def sections(self):
        return {section.kind: section for section in self.reflection.sections.all()}

    def rows(self, kind, name):
        """The rows of a draft, as they were typed."""
        section = self.sections.get(kind)
        return section.data.get(name, []) if section else []

    @cached_property
    def partners(self):
        """The organisations that take part now, and those that a meeting of this draft already names."""
        named = {pk for row in self.rows(SectionKind.MEETINGS, "meetings") for pk in row.get("organisations", [])}
        current = self.pact.participations.current().values("organisation")
        partners = Organisation.objects.filter(pk__in=current) | Organisation.objects.filter(
            pk__in=[number_of(pk) for pk in named]
        )
        return list(partners.select_related("kind").distinct().order_by("name"))

    @cached_property
    def partner_choices(self):
        return Choices((str(partner.pk), f"{partner.name} ({partner.corner.label})") for partner in self.partners)

    @cached_property
    def agenda(self):
        return list(self.pact.agenda.all())

    @cached_property
    def activities(self):
        new = self.rows(SectionKind.ACTIVITIES, "new")
        return [Activity(f"item-{item.pk}", item.title) for item in self.agenda] + [
            Activity(f"new-{row['id']}", row.get("title") or "nieuwe activiteit zonder naam") for row in new
        ]

    @cached_property
    def activity_choices(self):
        return Choices((activity.ref, activity.title) for activity in self.activities)

    @cached_property
    def frozen_results(self):
        """What was intended when the round opened, and has not been dropped since."""
        at_opening = IntendedResultVersion.objects.valid_at(self.round.opened_at)
        return list(
            at_opening.filter(result__pact=self.pact, is_dropped=False)
            .exclude(result__reflection=self.reflection)
            .select_related("result")
            .order_by("result_id")
        )

    @cached_property
    def effects(self):
        return list(Effect.objects.all())

    @property
    def effect_groups(self):
        return [(value, capfirst(label)) for value, label in Effect.Group.choices]

    @property
    def effect_choices(self):
        return [(effect.slug, f"{capfirst(effect.get_group_display())}: {effect.name}") for effect in self.effects]

    @cached_property
    def elements(self):
        return list(
            WorkingElement.objects.published()
            .filter(group=WorkingElement.Group.COOPERATION)
            .order_by("position", "pk")
            .prefetch_related("steps")
        )

    @cached_property
    def phases(self):
        return list(Phase.objects.all())

    @cached_property
    def themes(self):
        return list(Theme.objects.published())

    @cached_property
    def earlier_agreements(self):
        """Those that were still open when this reflection began; one that it settled before stays in view."""
        agreements = Agreement.objects.filter(pact=self.pact, reflection__round__opens__lt=self.round.opens)
        return list((agreements.open() | agreements.filter(fate_in=self.reflection)).distinct())

    @cached_property
    def previous(self):
        """The content of what the pact filed last time, or an empty one."""
        versions = Version.objects.filter(reflection__pact=self.pact, reflection__round__opens__lt=self.round.opens)
        newest_first = versions.order_by("-reflection__round__opens", "-number")
        return newest_first.values_list("content", flat=True).first() or {}

    @cached_property
    def guiding_questions(self):
        return list(self.round.questions.all())
