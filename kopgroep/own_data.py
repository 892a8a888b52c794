from accounts.own_data import section

from .models import KoploperLeader


@section("Koplopers die u leidt of leidde")
def koplopers(user):
    rows = KoploperLeader.objects.filter(user=user).select_related("koploper")
    return [{"koploper": str(row.koploper), "sinds": row.since, "tot en met": row.until} for row in rows]
