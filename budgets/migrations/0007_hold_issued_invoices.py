"""What the database itself refuses: an issued invoice stays as it is, a payment too (3.9, Z10)."""

from django.db import migrations

HOLD = """
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
"""

LET_GO = """
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
    dependencies = [("budgets", "0006_invoices_name_owner_and_editors")]

    operations = [migrations.RunSQL(HOLD, LET_GO)]
