from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_who_works_where")]

    operations = [
        migrations.AddIndex(
            model_name="organisation", index=models.Index(fields=["published_at"], name="organisation_published")
        )
    ]
