"""The obstacles: the list, and where each stands."""

from django.views.generic import DetailView

from regels.models import Case, HelpedWords, Obstacle, ObstacleMove
from zorgpact.files import FeedOfList, FileOfList
from zorgpact.how_many import first_few
from zorgpact.lists import FilteredListView

from .files import OBSTACLES
from .filters import ObstacleFilter
from .names import fill
from .presses import also_mine_panel

# So many cases stand on the page; the others are a click away.
SHOWN = 10


class ObstacleListView(FilteredListView):
    filterset_class = ObstacleFilter
    template_name = "regels/casebook/obstacle_list.html"
    extra_context = {
        "here": "obstacles", "one": "belemmering", "many": "belemmeringen", "list_name": "regels:obstacles:list",
    }  # fmt: skip

    def get_queryset(self):
        return Obstacle.objects.published().for_rows()

    def filled(self, records):
        return fill(records, "themes", "rules")


class ObstacleFileView(FileOfList, ObstacleListView):
    columns = OBSTACLES
    file_name = "belemmeringen"
    title = "Belemmeringen van Ruimte in de regels"

    def with_columns(self, records):
        return fill(records, "themes", "rules", "organisation_kinds")


class ObstacleFeedView(FeedOfList, ObstacleListView):
    title = ObstacleFileView.title

    def get_queryset(self):
        return Obstacle.objects.published()


class ObstacleDetailView(DetailView):
    """One obstacle. Everything that hangs on it is read here, so that the number of queries is plain to see."""

    context_object_name = "obstacle"
    template_name = "regels/casebook/obstacle_detail.html"

    def get_queryset(self):
        return Obstacle.objects.published().with_cases().select_related("ministry", "pact", "koploper")

    def get_context_data(self, **kwargs):
        [obstacle] = fill([self.object], "themes", "organisation_kinds", "rules")
        words = HelpedWords.objects.published().filter(obstacle=obstacle)
        return super().get_context_data(
            moves=list(ObstacleMove.objects.filter(obstacle=obstacle).select_related("source")),
            words=list(words.select_related("source")),
            cases=list(first_few(Case.objects.published().filter(obstacle=obstacle), SHOWN).with_freshness()),
            sources=list(obstacle.sources.published()),
            **also_mine_panel(obstacle),
            **kwargs,
        )
