"""The limits on asking keep their own count of a network (`programme.limits`); nothing was ever written here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("regels", "0005_count_what_is_open")]

    operations = [migrations.RemoveField(model_name="draft", name="network_hash")]
