from .cases import Case, Identification, Photo
from .learned import LearnedIndex
from .photo_imports import FetchedPhoto, PhotoImport, PhotoImportRow

__all__ = ["Case", "FetchedPhoto", "Identification", "LearnedIndex", "Photo", "PhotoImport", "PhotoImportRow"]
