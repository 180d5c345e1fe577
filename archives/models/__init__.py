from archives.models.ad import Ad
from archives.models.answer import ClientAnswer
from archives.models.brainstorm import Brainstorm, Idea
from archives.models.competitor import Competitor
from archives.models.dispatch import ENDED_BADLY, TROUBLED, Dispatch
from archives.models.document import (
    Document,
    DocumentJob,
    kinds_shown_to,
)
from archives.models.incoming import Incoming
from archives.models.letter import Letter
from archives.models.observation import Observation
from archives.models.pack import FolderPack
from archives.models.preview import Preview
from archives.models.quarterly import CompetitorRow, QuarterlyReport
from archives.models.saved import SavedSearch
from archives.models.search import FindSession, SearchChunk
from archives.models.strategy import StrategyEntry
from archives.models.tape import Tape, TapeLoan
from archives.models.waiver import Waiver

__all__ = [
    "ENDED_BADLY",
    "TROUBLED",
    "Ad",
    "Brainstorm",
    "ClientAnswer",
    "Competitor",
    "CompetitorRow",
    "Dispatch",
    "Document",
    "DocumentJob",
    "FindSession",
    "FolderPack",
    "Idea",
    "Incoming",
    "Letter",
    "Observation",
    "Preview",
    "QuarterlyReport",
    "SavedSearch",
    "SearchChunk",
    "StrategyEntry",
    "Tape",
    "TapeLoan",
    "Waiver",
    "kinds_shown_to",
]
