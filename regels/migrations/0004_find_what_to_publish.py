from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regels", "0003_raise_the_version")]

    operations = [
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                fields=["no_case_because", "status", "confirmed_at"],
                condition=models.Q(("anonymised_at", None), ("case", None), ("may_become_case", True)),
                name="question_to_publish",
            ),
        ),
    ]
