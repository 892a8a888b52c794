"""The schemes: the overview by ministry, and each scheme. What is open follows from the clock alone."""

from django.views.generic import DetailView

from kopgroep.models import Koploper
from programme.models import sources_of
from regels.models import Grant, Scheme
from zorgpact.files import FeedOfList, FileOfList
from zorgpact.lists import FilteredListView
from zorgpact.written import WrittenOnce, the_one

from .files import SCHEMES
from .filters import SchemeFilter
from .names import fill


class SchemeListView(FilteredListView):
    filterset_class = SchemeFilter
    template_name = "regels/casebook/scheme_list.html"
    extra_context = {"here": "schemes", "one": "regeling", "many": "regelingen", "list_name": "regels:schemes:list"}

    def get_queryset(self):
        return Scheme.objects.published()

    def filled(self, records):
        return fill(records, "themes", "phases")

    def get_context_data(self, **kwargs):
        return super().get_context_data(by_ministry=self.filterset.sorting == "ministerie", **kwargs)


class SchemeFileView(FileOfList, SchemeListView):
    columns = SCHEMES
    file_name = "regelingen"
    title = "Regelingen voor zorg en onderwijs"

    def get_queryset(self):
        return super().get_queryset().for_rows()

    def with_columns(self, records):
        return fill(records, "themes", "phases")


class SchemeFeedView(FeedOfList, SchemeListView):
    title = SchemeFileView.title

    def text_of(self, scheme):
        return scheme.what


class SchemeDetailView(DetailView):
    """One scheme. Everything that hangs on it is read here, so that the number of queries is plain to see."""

    context_object_name = "scheme"
    template_name = "regels/casebook/scheme_detail.html"

    def get_object(self, queryset=None):
        return the_one(_scheme(self.kwargs["slug"]))

    def get_context_data(self, **kwargs):
        [scheme] = fill([self.object], "themes", "phases")
        return super().get_context_data(
            state=scheme.state,
            koplopers=_koplopers(scheme.pk),
            grants=_grants(scheme.pk),
            sources=_sources(scheme.pk),
            **kwargs,
        )


@WrittenOnce
def _scheme(slug):
    return Scheme.objects.published().filter(slug=slug).select_related("ministry")


@WrittenOnce
def _koplopers(scheme):
    return Koploper.objects.published().filter(schemes=scheme).with_corners().with_result().without_texts()


@WrittenOnce
def _grants(scheme):
    return Grant.objects.filter(scheme=scheme).select_related("province", "pact", "koploper", "theme", "source")


_sources = sources_of(Scheme)
