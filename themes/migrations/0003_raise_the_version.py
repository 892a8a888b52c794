"""A change of what pages show raises the version of the content."""

from django.db import migrations

from programme.version import RaiseVersion


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_version_of_the_content"), ("themes", "0002_say_when_it_was_changed")]

    operations = [
        RaiseVersion(
            "themes_commontrait",
            "themes_elementexample",
            "themes_insight",
            "themes_theme",
            "themes_theme_sources",
            "themes_tool",
            "themes_tool_themes",
            "themes_workingelement",
        )
    ]
