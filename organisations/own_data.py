from accounts.own_data import section

from .models import Employment


@section("Waar u werkt")
def employments(user):
    rows = Employment.objects.filter(user=user).select_related("organisation")
    return [{"organisatie": str(row.organisation), "sinds": row.since, "tot en met": row.until} for row in rows]
