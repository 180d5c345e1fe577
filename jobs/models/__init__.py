from jobs.models.approval import Approval
from jobs.models.brief import (
    Brief,
    Department,
    DeptConfirmation,
    Fact,
    StrategyComment,
)
from jobs.models.check import OutgoingCheck
from jobs.models.completion import CompletionForm, CoopRating, ReviewNote
from jobs.models.estimate import Estimate, EstimateApproval
from jobs.models.job import Deliverable, Job, JobLog
from jobs.models.line import EstimateLine, SupplierQuote
from jobs.models.question import Question
from jobs.models.signed import SignedPaper
from jobs.models.suggestion import Suggestion
from jobs.models.supplier import Supplier
from jobs.models.timeline import Milestone, Receipt, TemplateRow, Timeline, TimelineTemplate
from jobs.models.work import Cost, ErrorNote, StartOrder

__all__ = [
    "Approval",
    "Brief",
    "CompletionForm",
    "CoopRating",
    "Cost",
    "Deliverable",
    "Department",
    "DeptConfirmation",
    "ErrorNote",
    "Estimate",
    "EstimateApproval",
    "EstimateLine",
    "Fact",
    "Job",
    "JobLog",
    "Milestone",
    "OutgoingCheck",
    "Question",
    "Receipt",
    "ReviewNote",
    "SignedPaper",
    "StartOrder",
    "StrategyComment",
    "Suggestion",
    "Supplier",
    "SupplierQuote",
    "TemplateRow",
    "Timeline",
    "TimelineTemplate",
]
