from .attempts import Attempt, AttemptAnswer
from .enrolment import Enrolment, LessonProgress
from .practice import PracticeAnswer

__all__ = ["Attempt", "AttemptAnswer", "Enrolment", "LessonProgress", "PracticeAnswer"]
