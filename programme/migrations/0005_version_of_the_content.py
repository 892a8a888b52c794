"""Keep a number of how often the content changed."""

from django.db import migrations, models

from programme.version import MakeFunction


class Migration(migrations.Migration):
    dependencies = [("programme", "0004_say_when_it_was_changed")]

    operations = [
        migrations.CreateModel(
            name="ContentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(default=1, verbose_name="nummer")),
                ("xid", models.BigIntegerField(default=0, verbose_name="laatste transactie")),
            ],
            options={
                "verbose_name": "versie van de inhoud",
                "verbose_name_plural": "versie van de inhoud",
                "default_permissions": (),
            },
        ),
        MakeFunction(),
    ]
