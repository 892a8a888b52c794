"""A report is drawn once, by the worker, which says how far it is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("volgspot", "0005_bottlenecks_become_questions"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pdf", models.BinaryField(null=True)),
                ("step", models.PositiveSmallIntegerField(default=0, verbose_name="stap")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="pogingen")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="begonnen op")),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="on_paper", to="volgspot.version"
                    ),
                ),
            ],
            options={
                "verbose_name": "verslag op papier",
                "verbose_name_plural": "verslagen op papier",
                "ordering": ["pk"],
            },
        ),
    ]
