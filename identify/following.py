"""The recogniser follows the guide: when its photos change, they are learned anew in the background."""

import datetime
import logging
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone
from django_tasks import task
from wagtail.signals import published, unpublished

from content.models import ReferenceItem, ReferencePhoto

from .models import LearnedIndex
from .recogniser import KnownPhoto, RecogniserUnavailable, learn_photos

logger = logging.getLogger(__name__)

State = LearnedIndex.State
# A task that was given up leaves its row waiting: after this, the next change gives it a new one.
GIVEN_UP_AFTER = datetime.timedelta(minutes=15)


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (published, unpublished):
        signal.connect(_photo_changed, sender=ReferencePhoto)
        signal.connect(_item_changed, sender=ReferenceItem)
    post_delete.connect(_photo_changed, sender=ReferencePhoto)


def _photo_changed(sender: type[ReferencePhoto], **_kwargs: Any) -> None:
    request_learning()


def _item_changed(sender: type[ReferenceItem], instance: ReferenceItem, **_kwargs: Any) -> None:
    if instance.photos.filter(live=True).exists():
        request_learning()


def request_learning() -> None:
    """Learn from the published photos once this transaction is over; however often it is asked, once."""
    transaction.on_commit(_let_one_wait)


def _let_one_wait() -> None:
    waiting, new = LearnedIndex.objects.get_or_create(state=State.WAITING)
    if new or waiting.requested_at < timezone.now() - GIVEN_UP_AFTER:
        learn.enqueue(waiting.pk)


@task()
def learn(learned_pk: int) -> None:
    """Build one index and let it take over. What was begun by a worker that was killed is done anew."""
    changed = LearnedIndex.objects.unfinished().filter(pk=learned_pk).update(state=State.LEARNING)
    if not changed:
        return
    learned = LearnedIndex.objects.get(pk=learned_pk)
    try:
        found = learn_photos(_known_photos(), _classes())
    except RecogniserUnavailable as error:
        logger.error("The recogniser could not learn the photos: %s", error)
        learned.state, learned.problem = State.FAILED, str(error)
    else:
        learned.state, learned.version, learned.backbone = State.READY, found.version, found.backbone
        learned.photos, learned.items, learned.notices = found.photos, found.items, found.notices
        if found.content is not None:
            learned.file.save("index", found.content, save=False)
    learned.ended_at = timezone.now()
    learned.save()
    _forget_old_files()


def _known_photos() -> list[KnownPhoto]:
    photos = ReferencePhoto.objects.to_learn_from().order_by("pk")
    return [
        KnownPhoto(photo.item.key, photo.specimen_key, photo.view, str(photo.pk), _reader(photo))
        for photo in photos
    ]


def _reader(photo: ReferencePhoto) -> Any:
    def content() -> bytes:
        with photo.large.open("rb") as file:
            return file.read()

    return content


def _classes() -> dict[str, tuple[str, ...]]:
    items = ReferenceItem.objects.filter(live=True).values_list("key", "backbone_classes")
    return {key: tuple(classes) for key, classes in items}


def _forget_old_files() -> None:
    """The one that answers and the one before it stay: a process may just be opening that."""
    kept = list(
        LearnedIndex.objects.filter(state=State.READY).order_by("-pk").values_list("pk", flat=True)[:2]
    )
    for old in LearnedIndex.objects.exclude(pk__in=kept).exclude(file="").filter(state=State.READY):
        old.file.delete(save=True)
