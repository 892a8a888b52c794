"""A change of what pages show raises the version of the content."""

from django.db import migrations

from programme.version import RaiseVersion


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_version_of_the_content"), ("organisations", "0002_say_when_it_was_changed")]

    operations = [
        RaiseVersion(
            "organisations_carebranch",
            "organisations_educationlevel",
            "organisations_organisation",
            "organisations_organisation_branches",
            "organisations_organisation_levels",
            "organisations_organisation_sources",
            "organisations_organisationkind",
        )
    ]
