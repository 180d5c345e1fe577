"""What was once true of a brand stays as it was written; a signature is set once (R42, R82)."""

from django.db import migrations

KEEP = """
CREATE FUNCTION archives_keep_strategy() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    late text[] := ARRAY['signed_by_id', 'signed_at', 'is_waiting', 'next_notice_at',
        'row_version'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(OLD) - late) = (to_jsonb(NEW) - late)
            AND (OLD.signed_at IS NULL
                OR (OLD.signed_by_id, OLD.signed_at)
                    IS NOT DISTINCT FROM (NEW.signed_by_id, NEW.signed_at)) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a strategy entry is kept as it was written'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER archives_keep_strategy BEFORE UPDATE OR DELETE ON archives_strategyentry
    FOR EACH ROW EXECUTE FUNCTION archives_keep_strategy();
"""
FORGET = """
DROP TRIGGER archives_keep_strategy ON archives_strategyentry;
DROP FUNCTION archives_keep_strategy();
"""


class Migration(migrations.Migration):
    dependencies = [("archives", "0010_remember_brands")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
