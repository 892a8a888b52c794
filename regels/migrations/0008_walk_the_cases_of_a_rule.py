from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regels", "0007_find_what_looks_like_it")]

    operations = [
        migrations.AddIndex(model_name="caserule", index=models.Index(fields=["rule", "case"], name="cases_of_rule"))
    ]
