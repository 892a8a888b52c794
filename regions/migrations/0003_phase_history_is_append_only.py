"""A phase that was recorded stays recorded."""

from django.db import migrations

from programme.history import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0002_agenda_goes_with_its_pact"),
        ("programme", "0002_history_switch"),
    ]

    operations = [Protect("regions_phasechange")]
