from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_room_for_files"),
        ("archives", "0004_count_filed_papers_of_a_client"),
        ("budgets", "0008_hold_reminders_of_payment"),
        ("jobs", "0010_media_waits_for_a_signature"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="invoice",
            name="invoice_of_year",
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                fields=["budget_year", "client", "issued_at"], name="invoice_of_a_year"
            ),
        ),
        migrations.AddIndex(
            model_name="medialine",
            index=models.Index(fields=["month"], name="media_line_of_month"),
        ),
    ]
