"""A change of what pages show raises the version of the content."""

from django.db import migrations

from programme.version import RaiseVersion


class Migration(migrations.Migration):
    dependencies = [("programme", "0004_version_of_the_content"), ("organisations", "0001_initial")]

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
