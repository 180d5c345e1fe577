"""What a contract said of its fee until it was changed or archived is kept, insert only (6.3)."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agency.common.fields

KEEP = """
CREATE FUNCTION accounts_keep_former_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'former terms are insert only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER accounts_keep_former_terms BEFORE UPDATE OR DELETE ON accounts_formerterms
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_former_terms();
"""
LOOSE = """
DROP TRIGGER accounts_keep_former_terms ON accounts_formerterms;
DROP FUNCTION accounts_keep_former_terms();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_room_for_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("ended_at", models.DateTimeField()),
                ("monthly_fee", agency.common.fields.MoneyField(decimal_places=2, max_digits=14)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former",
                        to="accounts.contract",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "former terms of a contract",
                "ordering": ["ended_at", "pk"],
            },
        ),
        migrations.RunSQL(KEEP, LOOSE),
    ]
