from accounts.own_data import section

from .models import PactLeader


@section("Pacten die u leidt of leidde")
def pacts(user):
    rows = PactLeader.objects.filter(user=user).select_related("pact")
    return [{"pact": str(row.pact), "sinds": row.since, "tot en met": row.until} for row in rows]
