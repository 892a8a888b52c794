"""The tables of terms, in the language of the database in use."""

from django.db import migrations

from search.storages import postgresql, sqlite

STORAGES = {"postgresql": postgresql, "sqlite": sqlite}


def create(apps, schema_editor):
    for statement in STORAGES[schema_editor.connection.vendor].CREATE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in STORAGES[schema_editor.connection.vendor].DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
