"""The AM proposes what the department may spend; an amount is empty until the AD has set it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import agency.common.fields


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0010_split_bank_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="expensebudget",
            name="expense_budget_amount",
        ),
        migrations.AddField(
            model_name="expensebudget",
            name="proposed",
            field=agency.common.fields.MoneyField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="proposed"
            ),
        ),
        migrations.AddField(
            model_name="expensebudget",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="expensebudget",
            name="amount",
            field=agency.common.fields.MoneyField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="amount"
            ),
        ),
        migrations.AlterField(
            model_name="expensebudget",
            name="set_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="expensebudget",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__isnull", True), ("set_by__isnull", True)),
                    models.Q(("amount__gte", 0), ("set_by__isnull", False)),
                    _connector="OR",
                ),
                name="expense_budget_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="expensebudget",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proposed__isnull", True), ("proposed_by__isnull", True)),
                    models.Q(("proposed__gte", 0), ("proposed_by__isnull", False)),
                    _connector="OR",
                ),
                name="expense_budget_proposal",
            ),
        ),
    ]
