"""What the database itself refuses: no door leads round the chain of media plans, an issued invoice
stays as it is, a payment and a reminder too (3.8, 3.9, R57, Z10)."""

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

HOLD_MONEY = """
CREATE FUNCTION budgets_frozen(invoice budgets_invoice) RETURNS jsonb LANGUAGE sql AS $$
    SELECT to_jsonb(invoice)
        - ARRAY['state', 'paid', 'credited', 'fapiao_number', 'next_notice_at', 'row_version'];
$$;

CREATE FUNCTION budgets_keep_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.issued_at IS NOT NULL THEN
            RAISE EXCEPTION 'an issued invoice is never deleted'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    ELSIF OLD.issued_at IS NOT NULL
        AND budgets_frozen(OLD) <> budgets_frozen(NEW) THEN
        RAISE EXCEPTION 'an issued invoice is frozen' USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state = 'void' AND NEW.state <> 'void' THEN
        RAISE EXCEPTION 'a void invoice stays void' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_keep_invoice BEFORE UPDATE OR DELETE ON budgets_invoice
    FOR EACH ROW EXECUTE FUNCTION budgets_keep_invoice();

-- The share lock makes a line wait for an issue that is under way, and see it.
CREATE FUNCTION budgets_invoice_is_out(invoice bigint) RETURNS boolean LANGUAGE sql AS $$
    SELECT issued_at IS NOT NULL FROM budgets_invoice WHERE id = invoice FOR SHARE;
$$;

CREATE FUNCTION budgets_keep_invoice_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND budgets_invoice_is_out(OLD.invoice_id)
        OR TG_OP <> 'DELETE' AND budgets_invoice_is_out(NEW.invoice_id) THEN
        RAISE EXCEPTION 'the lines of an issued invoice are frozen'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_keep_invoice_line BEFORE INSERT OR UPDATE OR DELETE ON budgets_invoiceline
    FOR EACH ROW EXECUTE FUNCTION budgets_keep_invoice_line();

CREATE FUNCTION budgets_keep_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    most numeric;
    received numeric;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a payment is reversed, never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT total INTO most FROM budgets_invoice WHERE id = NEW.invoice_id FOR UPDATE;
    SELECT coalesce(sum(amount), 0) INTO received FROM budgets_payment
        WHERE invoice_id = NEW.invoice_id;
    IF received + NEW.amount > most OR received + NEW.amount < 0 THEN
        RAISE EXCEPTION 'payments of an invoice are at most its total'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_keep_payment BEFORE INSERT OR UPDATE OR DELETE ON budgets_payment
    FOR EACH ROW EXECUTE FUNCTION budgets_keep_payment();

-- A word about money overdue stays as it was noted (R87).
CREATE FUNCTION budgets_keep_dunning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a reminder of payment is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER budgets_keep_dunning BEFORE UPDATE OR DELETE ON budgets_dunning
    FOR EACH ROW EXECUTE FUNCTION budgets_keep_dunning();
"""
RELEASE_MONEY = """
DROP TRIGGER budgets_keep_dunning ON budgets_dunning;
DROP FUNCTION budgets_keep_dunning();
DROP TRIGGER budgets_keep_payment ON budgets_payment;
DROP FUNCTION budgets_keep_payment();
DROP TRIGGER budgets_keep_invoice_line ON budgets_invoiceline;
DROP FUNCTION budgets_keep_invoice_line();
DROP FUNCTION budgets_invoice_is_out(bigint);
DROP TRIGGER budgets_keep_invoice ON budgets_invoice;
DROP FUNCTION budgets_keep_invoice();
DROP FUNCTION budgets_frozen(budgets_invoice);
"""


class Migration(migrations.Migration):
    replaces = [
        ("budgets", "0002_hold_the_chain_of_plans"),
        ("budgets", "0007_hold_issued_invoices"),
    ]
    dependencies = [("budgets", "0001_budgets_plans_and_invoices")]

    operations = [
        migrations.RunSQL(HOLD, RELEASE),
        migrations.RunSQL(HOLD_MONEY, RELEASE_MONEY),
    ]
