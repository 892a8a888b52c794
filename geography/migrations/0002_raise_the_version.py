"""A change of what pages show raises the version of the content."""

from django.db import migrations

from programme.version import RaiseVersion


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_version_of_the_content"), ("geography", "0001_initial")]

    operations = [
        RaiseVersion("geography_municipality", "geography_place", "geography_province", "geography_reorganisation")
    ]
