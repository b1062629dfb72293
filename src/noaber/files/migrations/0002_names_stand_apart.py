from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("record", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="fileversion",
            name="called",
            field=models.ForeignKey(
                null=True,
                on_delete=models.PROTECT,
                related_name="+",
                to="record.personalreference",
            ),
        ),
        migrations.AlterField(
            model_name="fileversion",
            name="name",
            field=models.CharField(default="", max_length=120),
        ),
    ]
