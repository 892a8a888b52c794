from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("geography", "0002_raise_the_version"), ("kopgroep", "0005_index_what_is_public")]

    operations = [
        migrations.RemoveIndex(model_name="koploper", name="koploper_public"),
        migrations.AddIndex(
            model_name="koploper",
            index=models.Index(
                fields=["kind", "published_at", "is_sample", "status", "confirmed_on", "place", "id"],
                name="koploper_public",
            ),
        ),
    ]
