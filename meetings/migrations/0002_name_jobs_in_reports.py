import django.db.models.deletion
from django.db import migrations, models


def about_a_job(model_name):
    return migrations.AddField(
        model_name,
        "job",
        models.ForeignKey(
            "jobs.job", django.db.models.deletion.PROTECT, verbose_name="job", blank=True,
            null=True, related_name="+",
        ),
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_jobs_estimates_and_timelines"),
        ("meetings", "0001_meetings_reports_and_weeks"),
    ]

    operations = [about_a_job("actionpoint"), about_a_job("reportpoint")]
