"""What an asker was told, and how an obstacle moved, is added to and never changed."""

from django.db import migrations

from programme.history import Protect


class Migration(migrations.Migration):
    dependencies = [("programme", "0003_history_is_append_only"), ("regels", "0001_initial")]

    operations = [Protect("regels_message"), Protect("regels_obstaclemove")]
