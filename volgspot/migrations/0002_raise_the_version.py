"""A change of what pages show raises the version of the content."""

from django.db import migrations

from programme.version import RaiseVersion


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_version_of_the_content"), ("volgspot", "0001_initial")]

    operations = [
        RaiseVersion(
            "volgspot_elementstep",
            "volgspot_guidingquestion",
            "volgspot_round",
            "volgspot_round_pacts",
            "volgspot_version",
        )
    ]
