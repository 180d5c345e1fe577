"""What is filed, what a client said and what was true of a brand is not changed, whoever tries."""

from django.db import migrations

FROZEN_PAPER = [
    *["client_id", "kind", "number", "title", "title_en", "revision", "language", "dated_on"],
    *["brand_id", "product_id", "contract_id", "face", "name", "sha256", "size", "mime", "year"],
    *["replaces_id", "issued_at", "created_at", "created_by_id"],
]


def changed(columns):
    old = ", ".join(f"OLD.{name}" for name in columns)
    new = ", ".join(f"NEW.{name}" for name in columns)
    return f"({old}) IS DISTINCT FROM ({new})"


FREEZE = f"""
CREATE FUNCTION archives_keep_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' OR OLD.state <> 'draft' AND TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a filed paper is never deleted' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSIF OLD.state <> 'draft' AND {changed(FROZEN_PAPER)} THEN
        RAISE EXCEPTION 'a filed paper is never changed' USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state = 'void' AND NEW.state <> 'void'
        OR OLD.state <> 'draft' AND NEW.state = 'draft' THEN
        RAISE EXCEPTION 'a filed paper does not come back' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER archives_keep_paper BEFORE UPDATE OR DELETE ON archives_document
    FOR EACH ROW EXECUTE FUNCTION archives_keep_paper();
CREATE TRIGGER archives_keep_papers BEFORE TRUNCATE ON archives_document
    FOR EACH STATEMENT EXECUTE FUNCTION archives_keep_paper();

CREATE FUNCTION archives_keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    late text[] := ARRAY['confirmed_by_id', 'confirmed_at', 'trail_id'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(OLD) - late) = (to_jsonb(NEW) - late)
            AND (OLD.confirmed_at IS NULL
                OR (OLD.confirmed_by_id, OLD.confirmed_at)
                    IS NOT DISTINCT FROM (NEW.confirmed_by_id, NEW.confirmed_at))
            AND (OLD.trail_id IS NULL OR OLD.trail_id IS NOT DISTINCT FROM NEW.trail_id) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'an answer is kept as it was given' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER archives_keep_answer BEFORE UPDATE OR DELETE ON archives_clientanswer
    FOR EACH ROW EXECUTE FUNCTION archives_keep_answer();
CREATE TRIGGER archives_keep_answers BEFORE TRUNCATE ON archives_clientanswer
    FOR EACH STATEMENT EXECUTE FUNCTION archives_keep_answer();
"""
THAW = """
DROP TRIGGER archives_keep_answers ON archives_clientanswer;
DROP TRIGGER archives_keep_answer ON archives_clientanswer;
DROP FUNCTION archives_keep_answer();
DROP TRIGGER archives_keep_papers ON archives_document;
DROP TRIGGER archives_keep_paper ON archives_document;
DROP FUNCTION archives_keep_paper();
"""
# What was once true of a brand stays as it was written; a signature is set once (R42, R82).
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

# A new name of a client, brand or contact: the clock puts the words of its papers in anew (9.2).
RENAMED = {
    "client": ("code", "name", "name_en"),
    "brand": ("name", "name_en"),
    "contact": ("name",),
}
FUNCTION = """
CREATE FUNCTION archives_renamed_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE archives_document SET words_at = NULL WHERE {name}_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER archives_renamed AFTER UPDATE OF {columns} ON accounts_{name}
    FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION archives_renamed_{name}();
"""
DROP = """
DROP TRIGGER archives_renamed ON accounts_{name};
DROP FUNCTION archives_renamed_{name}();
"""


def triggers(sql):
    return "".join(
        sql.format(
            name=name,
            columns=", ".join(columns),
            changed=" OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns),
        )
        for name, columns in RENAMED.items()
    )


class Migration(migrations.Migration):
    replaces = [
        ("archives", "0002_freeze_papers_and_answers"),
        ("archives", "0011_keep_strategy_as_written"),
    ]
    dependencies = [("archives", "0001_papers_ads_and_brands")]

    operations = [
        migrations.RunSQL(FREEZE, THAW),
        migrations.RunSQL(KEEP, FORGET),
        migrations.RunSQL(triggers(FUNCTION), triggers(DROP)),
    ]
