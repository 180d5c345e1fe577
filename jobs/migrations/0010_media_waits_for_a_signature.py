"""Media work waits for the client's yes to the plan itself: a refusal, or a scan that nobody has
confirmed yet, is a filed proof too, and no signature (R57)."""

from django.db import migrations

FRAME = """
CREATE OR REPLACE FUNCTION jobs_is_signed(the_job bigint, media boolean) RETURNS boolean
    LANGUAGE plpgsql AS $$
DECLARE
    job jobs_job%ROWTYPE;
BEGIN
    SELECT * INTO job FROM jobs_job WHERE id = the_job;
    IF job.kind = 'fee' THEN
        RETURN EXISTS (SELECT 1 FROM accounts_contract c WHERE c.client_id = job.client_id
            AND NOT c.is_archived);
    ELSIF job.kind = 'media' OR media THEN
        {media}
    END IF;
    RETURN EXISTS (SELECT 1 FROM jobs_estimate e WHERE e.job_id = job.id AND e.state = 'signed');
END $$;
"""
BY_ANSWER = """RETURN EXISTS (SELECT 1 FROM archives_clientanswer a
            JOIN archives_document d ON d.id = a.document_id
            JOIN archives_documentjob j ON j.document_id = d.id
            WHERE j.job_number = job.number AND job.number <> ''
            AND d.state IN ('issued', 'history') AND d.kind = 'media_plan'
            AND d.face = 'client' AND a.answer = 'signed'
            AND (a.proof_id IS NULL OR a.confirmed_at IS NOT NULL));"""
BY_KINDS = """RETURN 2 = (SELECT count(DISTINCT d.kind) FROM archives_document d
            JOIN archives_documentjob j ON j.document_id = d.id
            WHERE j.job_number = job.number AND job.number <> ''
            AND d.state IN ('issued', 'history') AND d.kind IN ('media_plan', 'signature_proof'));"""


def frame(media):
    return FRAME.replace("{media}", media)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0009_lists_read_in_their_order"), ("archives", "0001_initial")]

    operations = [migrations.RunSQL(frame(BY_ANSWER), frame(BY_KINDS))]
