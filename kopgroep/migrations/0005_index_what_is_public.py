from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kopgroep", "0004_project_leaders")]

    operations = [
        migrations.AddIndex(
            model_name="koploper",
            index=models.Index(fields=["kind", "published_at", "is_sample"], name="koploper_public"),
        ),
        migrations.AddIndex(
            model_name="koploper", index=models.Index(fields=["kind", "title"], name="koploper_by_title")
        ),
        migrations.AddIndex(
            model_name="koploper", index=models.Index(fields=["kind", "is_sample", "title"], name="koploper_real_first")
        ),
        migrations.AddIndex(
            model_name="koplopertheme", index=models.Index(fields=["theme", "koploper"], name="koplopers_of_theme")
        ),
    ]
