from .lesson import LessonBody

__all__ = ["LessonBody"]
