"""Everything under /ruimte-in-de-regels/. The words of the site come before the names of cases."""

from .asking.urls import urlpatterns as asking
from .casebook.urls import urlpatterns as casebook

app_name = "regels"
urlpatterns = [*asking, *casebook]
