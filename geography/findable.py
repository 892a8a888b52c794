"""The provinces, as a filter on what was found."""

from search.facets import PROVINCE
from search.registry import Choice, register

from .models import Province

register(Choice(PROVINCE, "Provincie", lambda: Province.objects.order_by("name").values_list("slug", "name")))
