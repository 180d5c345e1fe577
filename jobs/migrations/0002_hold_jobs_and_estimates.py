"""What the database itself refuses: the chain cannot be walked round by any door (3.6, R57)."""

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
ALWAYS_KEPT = ["job_id", "change", "revision", "currency", "author_id"]
FROZEN = [
    *["number", "brief_id", "contingency_rate", "vat_rate", "markup_rate", "subtotal"],
    *["contingency", "net", "vat", "total", "cost", "note_client", "note_internal"],
    *["submitted_by_id", "submitted_at", "data_sha256"],
]
FROZEN_LINE = [
    *["estimate_id", "position", "group", "deliverable_id", "text", "quantity", "unit"],
    *["unit_cost", "markup_rate", "fixed_price", "vat_rate", "is_optional", "chosen", "cost"],
    *["price", "supplier_id"],
]


def changed(columns):
    old = ", ".join(f'OLD."{name}"' for name in columns)
    new = ", ".join(f'NEW."{name}"' for name in columns)
    return f"({old}) IS DISTINCT FROM ({new})"


HOLD = f"""
CREATE FUNCTION jobs_keep_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a job is never deleted' USING ERRCODE = 'restrict_violation';
    ELSIF OLD.client_id <> NEW.client_id THEN
        RAISE EXCEPTION 'a job stays with its client' USING ERRCODE = 'restrict_violation';
    ELSIF OLD.number <> '' AND NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'a job keeps its number' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jobs_keep_job BEFORE UPDATE OR DELETE ON jobs_job
    FOR EACH ROW EXECUTE FUNCTION jobs_keep_job();

CREATE FUNCTION jobs_keep_estimate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'an estimate begins as a draft' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        IF OLD.submitted_at IS NULL AND OLD.state = 'draft' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a submitted estimate is never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF {changed(ALWAYS_KEPT)} THEN
        RAISE EXCEPTION 'an estimate keeps its job, author and version'
            USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state <> 'draft' AND {changed(FROZEN)} THEN
        RAISE EXCEPTION 'a submitted estimate is frozen' USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state <> NEW.state
        AND OLD.state || '>' || NEW.state NOT IN ({ALLOWED}) THEN
        RAISE EXCEPTION 'an estimate does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    ELSIF NEW.state IN ('sent', 'signed') AND OLD.state <> NEW.state THEN
        IF (SELECT count(DISTINCT a.by_id) FROM jobs_estimateapproval a
            WHERE a.estimate_id = NEW.id AND a.decision = 'approved'
            AND a.step IN ('manager', 'director') AND a.data_sha256 = NEW.data_sha256) < 2 THEN
            RAISE EXCEPTION 'an estimate goes out only approved by manager and director'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jobs_keep_estimate BEFORE INSERT OR UPDATE OR DELETE ON jobs_estimate
    FOR EACH ROW EXECUTE FUNCTION jobs_keep_estimate();

-- The share lock makes a line wait for a submission that is under way, and see it.
CREATE FUNCTION jobs_estimate_is_draft(estimate bigint) RETURNS boolean LANGUAGE sql AS $$
    SELECT state = 'draft' FROM jobs_estimate WHERE id = estimate FOR SHARE;
$$;

CREATE FUNCTION jobs_keep_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NOT {changed(FROZEN_LINE)} THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' AND jobs_estimate_is_draft(OLD.estimate_id) = false
        OR TG_OP <> 'DELETE' AND jobs_estimate_is_draft(NEW.estimate_id) = false THEN
        RAISE EXCEPTION 'the lines of a submitted estimate are frozen'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jobs_keep_line BEFORE INSERT OR UPDATE OR DELETE ON jobs_estimateline
    FOR EACH ROW EXECUTE FUNCTION jobs_keep_line();

CREATE FUNCTION jobs_keep_quote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    estimate bigint;
BEGIN
    SELECT l.estimate_id INTO estimate FROM jobs_estimateline l
        WHERE l.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.line_id ELSE NEW.line_id END;
    IF jobs_estimate_is_draft(estimate) = false THEN
        RAISE EXCEPTION 'the quotes of a submitted estimate are frozen'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jobs_keep_quote BEFORE INSERT OR UPDATE OR DELETE ON jobs_supplierquote
    FOR EACH ROW EXECUTE FUNCTION jobs_keep_quote();

-- Four different people (Z12): no author, nobody twice; a decision is kept as it was made.
CREATE FUNCTION jobs_keep_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a decision is kept as it was made' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.step <> 'client' AND EXISTS (
        SELECT 1 FROM jobs_estimate e WHERE e.id = NEW.estimate_id
        AND (NEW.by_id IN (e.author_id, e.submitted_by_id) OR EXISTS (
            SELECT 1 FROM jobs_estimate_editors d
            WHERE d.estimate_id = e.id AND d.user_id = NEW.by_id))) THEN
        RAISE EXCEPTION 'authors do not approve' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jobs_keep_approval BEFORE INSERT OR UPDATE OR DELETE ON jobs_estimateapproval
    FOR EACH ROW EXECUTE FUNCTION jobs_keep_approval();

-- R57: no production, outside order or cost before the client's signature. Media work of a media
-- job waits for the client's yes to its plan, which jobs sees as a filed paper and its answer: a
-- refusal, or a scan that nobody has confirmed yet, is a filed proof too, and no signature.
CREATE FUNCTION jobs_is_signed(the_job bigint, media boolean) RETURNS boolean
    LANGUAGE plpgsql AS $$
DECLARE
    job jobs_job%ROWTYPE;
BEGIN
    SELECT * INTO job FROM jobs_job WHERE id = the_job;
    IF job.kind = 'fee' THEN
        RETURN EXISTS (SELECT 1 FROM accounts_contract c WHERE c.client_id = job.client_id
            AND NOT c.is_archived);
    ELSIF job.kind = 'media' OR media THEN
        RETURN EXISTS (SELECT 1 FROM archives_clientanswer a
            JOIN archives_document d ON d.id = a.document_id
            JOIN archives_documentjob j ON j.document_id = d.id
            WHERE j.job_number = job.number AND job.number <> ''
            AND d.state IN ('issued', 'history') AND d.kind = 'media_plan'
            AND d.face = 'client' AND a.answer = 'signed'
            AND (a.proof_id IS NULL OR a.confirmed_at IS NOT NULL));
    END IF;
    RETURN EXISTS (SELECT 1 FROM jobs_estimate e WHERE e.job_id = job.id AND e.state = 'signed');
END $$;

CREATE FUNCTION jobs_keep_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a start order is withdrawn, never deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.job_id, OLD.kind) = (NEW.job_id, NEW.kind) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF NEW.kind IN ('production', 'supplier', 'media')
        AND NOT jobs_is_signed(NEW.job_id, NEW.kind = 'media') THEN
        RAISE EXCEPTION 'no production starts before the client has signed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jobs_keep_start BEFORE INSERT OR UPDATE OR DELETE ON jobs_startorder
    FOR EACH ROW EXECUTE FUNCTION jobs_keep_start();

CREATE FUNCTION jobs_keep_cost() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT jobs_is_signed(NEW.job_id, false) THEN
        RAISE EXCEPTION 'no cost before the client has signed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jobs_keep_cost BEFORE INSERT OR UPDATE ON jobs_cost
    FOR EACH ROW EXECUTE FUNCTION jobs_keep_cost();

CREATE FUNCTION jobs_keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of a job is only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER jobs_keep_log BEFORE UPDATE OR DELETE ON jobs_joblog
    FOR EACH ROW EXECUTE FUNCTION jobs_keep_log();

-- A check that has ended is never opened or reworded (3.12).
CREATE FUNCTION jobs_keep_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.sha256 <> NEW.sha256 OR OLD.client_id <> NEW.client_id
        OR OLD.state <> 'open' AND (OLD.state, OLD.checker_id, OLD.items, OLD.findings)
            IS DISTINCT FROM (NEW.state, NEW.checker_id, NEW.items, NEW.findings) THEN
        RAISE EXCEPTION 'a check is kept as it was made' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jobs_keep_check BEFORE UPDATE OR DELETE ON jobs_outgoingcheck
    FOR EACH ROW EXECUTE FUNCTION jobs_keep_check();
"""  # noqa: S608 names of our own columns and states
NAMES = {
    "check": "outgoingcheck",
    "log": "joblog",
    "cost": "cost",
    "start": "startorder",
    "approval": "estimateapproval",
    "quote": "supplierquote",
    "line": "estimateline",
    "estimate": "estimate",
    "job": "job",
}
RELEASE = "".join(
    f"DROP TRIGGER jobs_keep_{name} ON jobs_{table}; DROP FUNCTION jobs_keep_{name}();\n"
    for name, table in NAMES.items()
) + (
    "DROP FUNCTION jobs_is_signed(bigint, boolean);\n"
    "DROP FUNCTION jobs_estimate_is_draft(bigint);\n"
)


class Migration(migrations.Migration):
    replaces = [
        ("jobs", "0002_hold_the_chain"),
        ("jobs", "0010_media_waits_for_a_signature"),
    ]
    dependencies = [("jobs", "0001_jobs_estimates_and_timelines")]

    operations = [migrations.RunSQL(HOLD, RELEASE)]
