"""What the database itself refuses of media plans: no door leads round the chain (3.8, R57)."""

from django.db import migrations

STEPS = {
    "draft": "submitted withdrawn",
    "submitted": "manager_ok refused withdrawn",
    "manager_ok": "director_ok approved refused withdrawn",
    "director_ok": "approved refused withdrawn",
    "approved": "sent withdrawn",
    "sent": "signed refused withdrawn expired",
    "expired": "sent",
    "signed": "superseded",
}
ALLOWED = ", ".join(f"'{old}>{new}'" for old, news in STEPS.items() for new in news.split())
ALWAYS_KEPT = ["job_id", "revision", "currency", "author_id"]
FROZEN = [
    *["number", "brief_id", "title", "mode", "billing", "commission_rate", "service_fee_rate"],
    *["vat_rate", "gross", "media_price", "commission", "service_fee", "client_net", "vat"],
    *["total", "note_client", "note_internal", "submitted_by_id", "submitted_at", "data_sha256"],
]
# Booked, run, made good and proof are what becomes of a line: they are written later.
FROZEN_LINE = [
    *["plan_id", "position", "thread", "medium", "vehicle", "supplier_id", "market", "spec"],
    *["month", "runs", "unit_gross", "discount_rate", "fixed_price", "bonus_runs", "gross"],
    *["media_price", "commission", "service_fee"],
]


def changed(columns):
    old = ", ".join(f'OLD."{name}"' for name in columns)
    new = ", ".join(f'NEW."{name}"' for name in columns)
    return f"({old}) IS DISTINCT FROM ({new})"


HOLD = f"""
CREATE FUNCTION budgets_keep_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'a media plan begins as a draft' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        IF OLD.submitted_at IS NULL AND OLD.state = 'draft' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a submitted media plan is never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF {changed(ALWAYS_KEPT)} THEN
        RAISE EXCEPTION 'a media plan keeps its job, author and version'
            USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state <> 'draft' AND {changed(FROZEN)} THEN
        RAISE EXCEPTION 'a submitted media plan is frozen' USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state <> NEW.state
        AND OLD.state || '>' || NEW.state NOT IN ({ALLOWED}) THEN
        RAISE EXCEPTION 'a media plan does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    ELSIF NEW.state IN ('sent', 'signed') AND OLD.state <> NEW.state THEN
        IF (SELECT count(DISTINCT a.by_id) FROM budgets_mediaplanapproval a
            WHERE a.plan_id = NEW.id AND a.decision = 'approved'
            AND a.step IN ('manager', 'director') AND a.data_sha256 = NEW.data_sha256) < 2 THEN
            RAISE EXCEPTION 'a media plan goes out only approved by manager and director'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_keep_plan BEFORE INSERT OR UPDATE OR DELETE ON budgets_mediaplan
    FOR EACH ROW EXECUTE FUNCTION budgets_keep_plan();

-- The share lock makes a line wait for a submission that is under way, and see it.
CREATE FUNCTION budgets_plan_state(plan bigint) RETURNS text LANGUAGE sql AS $$
    SELECT state FROM budgets_mediaplan WHERE id = plan FOR SHARE;
$$;

CREATE FUNCTION budgets_keep_media_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.booked_on IS DISTINCT FROM OLD.booked_on
            AND budgets_plan_state(NEW.plan_id) <> 'signed' THEN
            RAISE EXCEPTION 'media are booked once the client has signed'
                USING ERRCODE = 'restrict_violation';
        ELSIF NOT {changed(FROZEN_LINE)} THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' AND budgets_plan_state(OLD.plan_id) <> 'draft'
        OR TG_OP <> 'DELETE' AND budgets_plan_state(NEW.plan_id) <> 'draft' THEN
        RAISE EXCEPTION 'the lines of a submitted media plan are frozen'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_keep_media_line BEFORE INSERT OR UPDATE OR DELETE ON budgets_medialine
    FOR EACH ROW EXECUTE FUNCTION budgets_keep_media_line();

-- Four different people (Z12): no author, nobody twice; a decision is kept as it was made.
CREATE FUNCTION budgets_keep_plan_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a decision is kept as it was made' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.step <> 'client' AND EXISTS (
        SELECT 1 FROM budgets_mediaplan p WHERE p.id = NEW.plan_id
        AND (NEW.by_id IN (p.author_id, p.submitted_by_id) OR EXISTS (
            SELECT 1 FROM budgets_mediaplan_editors d
            WHERE d.mediaplan_id = p.id AND d.user_id = NEW.by_id))) THEN
        RAISE EXCEPTION 'authors do not approve' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_keep_plan_approval
    BEFORE INSERT OR UPDATE OR DELETE ON budgets_mediaplanapproval
    FOR EACH ROW EXECUTE FUNCTION budgets_keep_plan_approval();
"""  # noqa: S608 names of our own columns and states
NAMES = {
    "plan_approval": "mediaplanapproval",
    "media_line": "medialine",
    "plan": "mediaplan",
}
RELEASE = (
    "".join(
        f"DROP TRIGGER budgets_keep_{name} ON budgets_{table};\n"
        f"DROP FUNCTION budgets_keep_{name}();\n"
        for name, table in NAMES.items()
    )
    + "DROP FUNCTION budgets_plan_state(bigint);\n"
)


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]

    operations = [migrations.RunSQL(HOLD, RELEASE)]
