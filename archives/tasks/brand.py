"""What the clock does for the brand archive (R43, R82)."""

from agency.common.clock import Step
from archives.models import Brainstorm, StrategyEntry
from archives.services.brainstorm import remind_record
from archives.services.strategy import remind_signer

BESIDE = "brand__client__group"


def without_record(at):
    return Brainstorm.objects.notice_due(at).select_related(BESIDE)


def ask_record(storm, at):
    return f"no record: {remind_record(brainstorm=storm, at=at)}"


def unsigned(at):
    return StrategyEntry.objects.notice_due(at).select_related(BESIDE, "author")


def ask_signature(entry, at):
    return f"unsigned: {remind_signer(entry=entry, at=at)}"


STEPS = [
    Step("brainstorms", without_record, ask_record),
    Step("summaries", unsigned, ask_signature),
]
