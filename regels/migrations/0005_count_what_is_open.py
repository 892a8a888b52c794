from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regels", "0004_find_what_to_publish")]

    operations = [
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                fields=["confirmed_at", "id", "ministry"],
                condition=models.Q(status__in=["nieuw", "toegewezen", "wacht-op-vrager", "tweede-lezer", "akkoord"]),
                name="question_open",
            ),
        )
    ]
