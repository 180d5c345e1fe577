"""One transfer pays several invoices: a row of the bank has parts, each booked once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budgets", "0009_read_by_year")]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="bank_part",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.RemoveConstraint(model_name="payment", name="payment_bank_row_once"),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("bank_key", ""), _negated=True),
                fields=("bank_key", "bank_part"),
                name="payment_bank_row_once",
            ),
        ),
    ]
