from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regels", "0006_a_draft_keeps_no_network")]

    operations = [
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                fields=["confirmed_at", "status"],
                condition=models.Q(anonymised_at=None),
                name="question_known_asker",
            ),
        )
    ]
