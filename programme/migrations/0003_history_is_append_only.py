"""Keep the log of changes as it was written."""

from django.db import migrations

from programme.history import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0002_history_switch"),
        ("auditlog", "0017_add_actor_email"),
    ]

    operations = [Protect("auditlog_logentry")]
