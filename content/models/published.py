"""Records that go through a draft, a review and publication in the Wagtail admin."""

from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from .translated import TranslatedRecord


class PublishedRecord(
    PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatedRecord
):
    """A translated record of which readers see the published state only."""

    class Meta:
        abstract = True
