"""What a contract said of its fee until it was changed or archived is kept, insert only (6.3)."""

from django.db import migrations

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
    replaces = [("accounts", "0003_keep_former_terms")]
    dependencies = [("accounts", "0001_people_clients_and_contracts")]

    operations = [migrations.RunSQL(KEEP, LOOSE)]
