from .advice import Advice, Hazard
from .country_sheets import Authority, CountrySheet, NationalRule, Situation, TariffLine
from .guide import ReferenceItem
from .guide_imports import GuideImport, GuideImportRow
from .item_parts import CommonName, FieldMark, HSLink
from .law import LegalStatus
from .law_changes import LawChange, LawProvision, LawProvisionItem, LawTold
from .loaded import LoadedValue
from .look_alikes import LookAlike, LookAlikeMark
from .notices import Acceptance, Notice
from .pages import HomePage, LessonPage, ModuleIndexPage, ModulePage
from .protocols import Protocol, ProtocolAnswer, ProtocolOutcome, ProtocolStep
from .questions import Choice, Objective, Question, Quiz, QuizQuestion
from .reference_photos import ReferencePhoto
from .review import ExpertReading
from .search import SearchTerm, SpellingKey
from .sheet_log import SheetLogEntry

__all__ = [
    "Acceptance",
    "Advice",
    "Authority",
    "Choice",
    "CommonName",
    "CountrySheet",
    "ExpertReading",
    "FieldMark",
    "GuideImport",
    "GuideImportRow",
    "HSLink",
    "Hazard",
    "HomePage",
    "LawChange",
    "LawProvision",
    "LawProvisionItem",
    "LawTold",
    "LegalStatus",
    "LessonPage",
    "LoadedValue",
    "LookAlike",
    "LookAlikeMark",
    "ModuleIndexPage",
    "ModulePage",
    "NationalRule",
    "Notice",
    "Objective",
    "Protocol",
    "ProtocolAnswer",
    "ProtocolOutcome",
    "ProtocolStep",
    "Question",
    "Quiz",
    "QuizQuestion",
    "ReferenceItem",
    "ReferencePhoto",
    "SearchTerm",
    "SheetLogEntry",
    "Situation",
    "SpellingKey",
    "TariffLine",
]
