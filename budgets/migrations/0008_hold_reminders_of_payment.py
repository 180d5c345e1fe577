"""A word about money overdue is noted once a form and stays as it was noted (R87)."""

from django.db import migrations, models

HOLD = """
CREATE FUNCTION budgets_keep_dunning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a reminder of payment is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER budgets_keep_dunning BEFORE UPDATE OR DELETE ON budgets_dunning
    FOR EACH ROW EXECUTE FUNCTION budgets_keep_dunning();
"""

LET_GO = """
DROP TRIGGER budgets_keep_dunning ON budgets_dunning;
DROP FUNCTION budgets_keep_dunning();
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0007_hold_issued_invoices")]

    operations = [
        migrations.AddField(
            model_name="dunning",
            name="form_key",
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True),
        ),
        migrations.RunSQL(HOLD, LET_GO),
    ]
