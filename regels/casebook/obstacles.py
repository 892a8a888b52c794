"""The obstacles: the list, and where each stands."""

from django.views.generic import DetailView

from programme.models import sources_of
from regels.models import Case, HelpedWords, Obstacle, ObstacleMove
from zorgpact.files import FeedOfList, FileOfList
from zorgpact.how_many import first_few, newest_of
from zorgpact.lists import FilteredListView
from zorgpact.written import WrittenOnce, the_one

from .files import OBSTACLES
from .filters import ObstacleFilter
from .names import fill
from .presses import also_mine_panel

# So many cases stand on the page; the others are a click away.
SHOWN = 10

_sources = sources_of(Obstacle)


class ObstacleListView(FilteredListView):
    filterset_class = ObstacleFilter
    template_name = "regels/casebook/obstacle_list.html"
    extra_context = {
        "here": "obstacles", "one": "belemmering", "many": "belemmeringen", "list_name": "regels:obstacles:list",
    }  # fmt: skip

    def get_queryset(self):
        return Obstacle.objects.published()

    def filled(self, records):
        return fill(records, "themes", "rules")


class ObstacleFileView(FileOfList, ObstacleListView):
    columns = OBSTACLES
    file_name = "belemmeringen"
    title = "Belemmeringen van Ruimte in de regels"

    def get_queryset(self):
        return super().get_queryset().for_rows()

    def with_columns(self, records):
        return fill(records, "themes", "rules", "organisation_kinds")


class ObstacleFeedView(FeedOfList, ObstacleListView):
    title = ObstacleFileView.title


class ObstacleDetailView(DetailView):
    """One obstacle. Everything that hangs on it is read here, so that the number of queries is plain to see."""

    context_object_name = "obstacle"
    template_name = "regels/casebook/obstacle_detail.html"

    def get_object(self, queryset=None):
        return the_one(_obstacle(self.kwargs["slug"]))

    def get_context_data(self, **kwargs):
        [obstacle] = fill([self.object], "themes", "organisation_kinds", "rules")
        return super().get_context_data(
            moves=_moves(obstacle.pk),
            words=_words(obstacle.pk),
            cases=_cases(obstacle.pk),
            sources=_sources(obstacle.pk),
            **also_mine_panel(obstacle),
            **kwargs,
        )


@WrittenOnce
def _obstacle(slug):
    obstacles = Obstacle.objects.published().filter(slug=slug)
    obstacles = obstacles.annotate(cases_count=Case.objects.per("obstacle"))
    return obstacles.select_related("ministry", "pact", "koploper").without_texts_of("pact", "koploper")


@WrittenOnce
def _moves(obstacle):
    return ObstacleMove.objects.filter(obstacle=obstacle).select_related("source")


@WrittenOnce
def _words(obstacle):
    return HelpedWords.objects.published().filter(obstacle=obstacle).select_related("source")


@WrittenOnce
def _cases(obstacle):
    cases = newest_of(Case.objects.published().filter(obstacle=obstacle))
    return first_few(Case.objects.filter(pk__in=cases), SHOWN).with_freshness()
