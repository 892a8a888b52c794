from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regels", "0008_walk_the_cases_of_a_rule")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["obstacle", "id", "published_at"], name="cases_of_obstacle"),
        ),
        migrations.AddIndex(
            model_name="case", index=models.Index(fields=["pact", "id", "published_at"], name="cases_of_pact")
        ),
    ]
