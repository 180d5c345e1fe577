from django.db import migrations, models

import archives.models.waiver


class Migration(migrations.Migration):
    dependencies = [("archives", "0020_know_ads_of_competitors")]

    operations = [
        migrations.AlterField(
            model_name="waiver",
            name="job_number",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="kind",
            field=models.CharField(
                choices=archives.models.waiver.waivable, max_length=24, verbose_name="kind"
            ),
        ),
    ]
