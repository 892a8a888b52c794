"""A change of what pages show raises the version of the content."""

from django.db import migrations

from programme.version import RaiseVersion


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_version_of_the_content"), ("regions", "0004_say_when_it_was_changed")]

    operations = [
        RaiseVersion(
            "regions_agendaitem",
            "regions_agendaitem_coalition",
            "regions_agendaitem_funding",
            "regions_areamunicipality",
            "regions_earliercooperation",
            "regions_function",
            "regions_fundingstream",
            "regions_layoutoverlap",
            "regions_pactfunction",
            "regions_pactparticipation",
            "regions_pacttheme",
            "regions_phase",
            "regions_phasechange",
            "regions_regionalpact",
            "regions_regionalpact_sources",
            "regions_regionalpact_working_elements",
            "regions_regionlayout",
            "regions_subregion",
            "regions_subregion_municipalities",
            "regions_vraagstuk",
            "regions_vraagstuk_parties",
        )
    ]
