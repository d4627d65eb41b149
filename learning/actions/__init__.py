from .attempts import (
    AttemptClosedError,
    NothingToAskError,
    NotInAttemptError,
    save_answer,
    start_attempt,
    submit_attempt,
)
from .reading import NotInLessonError, answer_practice, enrol, finish_lesson, open_lesson, record_position

__all__ = [
    "AttemptClosedError",
    "NotInAttemptError",
    "NotInLessonError",
    "NothingToAskError",
    "answer_practice",
    "enrol",
    "finish_lesson",
    "open_lesson",
    "record_position",
    "save_answer",
    "start_attempt",
    "submit_attempt",
]
