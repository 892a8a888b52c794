"""What everybody reads: cases, rules, obstacles and schemes. The words of the site come before the names of cases."""

from django.urls import include, path, re_path

from zorgpact.files import ColumnsOfList

from . import cases, obstacles, presses, rules, schemes

FILE = r"^lijst\.(?P<kind>csv|xlsx|json)$"

of_obstacles = [
    path("", obstacles.ObstacleListView.as_view(), name="list"),
    path("feed/", obstacles.ObstacleFeedView.as_view(), name="feed"),
    path("lijst/", ColumnsOfList.as_view(files=obstacles.ObstacleFileView), name="columns"),
    re_path(FILE, obstacles.ObstacleFileView.as_view(), name="file"),
    path("volgen/<str:token>/", presses.follow, name="follow"),
    path("<slug:slug>/", obstacles.ObstacleDetailView.as_view(), name="detail"),
    path("<slug:slug>/ook-bij-mij/", presses.also_mine, name="also_mine"),
]
of_schemes = [
    path("", schemes.SchemeListView.as_view(), name="list"),
    path("feed/", schemes.SchemeFeedView.as_view(), name="feed"),
    path("lijst/", ColumnsOfList.as_view(files=schemes.SchemeFileView), name="columns"),
    re_path(FILE, schemes.SchemeFileView.as_view(), name="file"),
    path("<slug:slug>/", schemes.SchemeDetailView.as_view(), name="detail"),
]
urlpatterns = [
    path("", cases.CaseListView.as_view(), name="list"),
    path("feed/", cases.CaseFeedView.as_view(), name="feed"),
    path("lijst/", ColumnsOfList.as_view(files=cases.CaseFileView), name="columns"),
    re_path(FILE, cases.CaseFileView.as_view(), name="file"),
    path("belemmeringen/", include((of_obstacles, "obstacles"))),
    path("regelingen/", include((of_schemes, "schemes"))),
    path("regels/<slug:slug>/", rules.RuleDetailView.as_view(), name="rule"),
    path("<slug:slug>/", cases.CaseDetailView.as_view(), name="detail"),
    path("<slug:slug>/nuttig/", presses.useful, name="useful"),
]
