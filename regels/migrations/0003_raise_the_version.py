"""A change of what pages show raises the version of the content."""

from django.db import migrations

from programme.version import RaiseVersion


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_version_of_the_content"), ("regels", "0002_what_never_changes")]

    operations = [
        RaiseVersion(
            "regels_alsomine",
            "regels_case",
            "regels_case_organisation_kinds",
            "regels_case_sources",
            "regels_case_themes",
            "regels_case_writers",
            "regels_caserule",
            "regels_grant",
            "regels_helpedwords",
            "regels_ministry",
            "regels_obstacle",
            "regels_obstacle_organisation_kinds",
            "regels_obstacle_rules",
            "regels_obstacle_sources",
            "regels_obstacle_themes",
            "regels_obstaclemove",
            "regels_rule",
            "regels_rule_sources",
            "regels_ruleversion",
            "regels_scheme",
            "regels_scheme_koplopers",
            "regels_scheme_phases",
            "regels_scheme_sources",
            "regels_scheme_themes",
        )
    ]
