"""Publishing many photos at once, in the list of photos."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from content.models import ReferencePhoto

from .references.adding import publish_photo


class PublishPhotos(SnippetBulkAction):
    """What lacks author or licence stays a draft, and is counted."""

    display_name = gettext_lazy("Publish")
    action_type = "publish"
    aria_label = gettext_lazy("Publish the selected photos")
    template_name = "identify/admin/publish_photos.html"
    action_priority = 10
    models = [ReferencePhoto]

    def check_perm(self, photo: ReferencePhoto) -> bool:
        return self.request.user.has_perm("content.publish_referencephoto")

    @classmethod
    def execute_action(
        cls, objects: list[ReferencePhoto], user: Any = None, **_kwargs: Any
    ) -> tuple[int, int]:
        published = 0
        for photo in objects:
            try:
                publish_photo(photo, user)
            except ValidationError:
                continue
            published += 1
        return published, len(objects) - published

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "user": self.request.user}

    def get_success_message(self, published: int, left: int) -> str:
        done = ngettext("%(count)d photo is published.", "%(count)d photos are published.", published) % {
            "count": published
        }
        if not left:
            return done
        return f"{done} " + _("%(count)d lack author, licence or view, and stay drafts.") % {"count": left}
