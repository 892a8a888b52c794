"""A change of what pages show raises the version of the content."""

from django.db import migrations

from programme.version import RaiseVersion


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_version_of_the_content")]

    operations = [
        RaiseVersion(
            "programme_fact",
            "programme_fact_sources",
            "programme_figure",
            "programme_lostpicture",
            "programme_source",
            "programme_term",
            "programme_tip",
        )
    ]
