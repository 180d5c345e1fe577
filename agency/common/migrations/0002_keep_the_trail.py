"""The audit trail is insert only, whoever tries (C12)."""

from django.db import migrations

KEEP = """
CREATE FUNCTION common_keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is insert only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER common_keep_audit BEFORE UPDATE OR DELETE ON common_auditentry
    FOR EACH ROW EXECUTE FUNCTION common_keep_audit();
CREATE TRIGGER common_keep_audits BEFORE TRUNCATE ON common_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION common_keep_audit();
"""
LOOSE = """
DROP TRIGGER common_keep_audits ON common_auditentry;
DROP TRIGGER common_keep_audit ON common_auditentry;
DROP FUNCTION common_keep_audit();
"""


class Migration(migrations.Migration):
    replaces = [("common", "0002_keep_audit")]
    dependencies = [("common", "0001_mail_notices_and_trail")]

    operations = [migrations.RunSQL(KEEP, LOOSE)]
