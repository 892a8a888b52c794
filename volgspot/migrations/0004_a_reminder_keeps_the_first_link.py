"""A reminder brings a second address; the first goes on opening the form."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("volgspot", "0003_order_of_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="partnerlink",
            name="earlier_hash",
            field=models.CharField(blank=True, db_index=True, max_length=64, null=True),
        ),
    ]
