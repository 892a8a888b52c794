"""A next version of the same reflection stands before an earlier one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("volgspot", "0002_raise_the_version"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="version",
            options={
                "ordering": ["reflection_id", "-number"],
                "verbose_name": "vastgestelde versie",
                "verbose_name_plural": "vastgestelde versies",
            },
        ),
    ]
