"""A change of what pages show raises the version of the content."""

from django.db import migrations

from programme.version import RaiseVersion


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_version_of_the_content"), ("kopgroep", "0002_say_when_it_was_changed")]

    operations = [
        RaiseVersion(
            "kopgroep_adoption",
            "kopgroep_challenge",
            "kopgroep_cooperationform",
            "kopgroep_effect",
            "kopgroep_koploper",
            "kopgroep_koploper_challenges",
            "kopgroep_koploper_forms",
            "kopgroep_koploper_inspired_by",
            "kopgroep_koploper_municipalities",
            "kopgroep_koploper_pacts",
            "kopgroep_koploper_sources",
            "kopgroep_koploper_sustaining",
            "kopgroep_koploper_working_elements",
            "kopgroep_koplopereffect",
            "kopgroep_koploperparticipation",
            "kopgroep_koplopertheme",
            "kopgroep_result",
            "kopgroep_resultarea",
            "kopgroep_sustainingagreement",
            "kopgroep_voice",
        )
    ]
