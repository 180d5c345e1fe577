from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("budgets", "0002_hold_plans_and_invoices")]

    operations = [
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                fields=["client"],
                condition=Q(issuer="agency", state__in=["issued", "part_paid"]) & ~Q(kind="credit"),
                name="invoice_owed_by",
            ),
        ),
    ]
