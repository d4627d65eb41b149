"""Reference photos in the Wagtail admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import ReferencePhoto

from .reference_forms import ReferencePhotoForm


class PhotoPanel(Panel):
    """The photo itself, once there is one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "identify/admin/photo_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)


def small_picture(photo: ReferencePhoto) -> SafeString:
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="">',
        photo.get_small_url(),
        round(photo.small_width / 4),
        round(photo.small_height / 4),
    )


def credit(photo: ReferencePhoto) -> str:
    """Author and licence; what is missing is said."""
    author = photo.author or str(_("no author"))
    licence = photo.terms.label if photo.licence else str(_("no licence"))
    return f"{author}, {licence}"


class ReferencePhotoViewSet(SnippetViewSet):
    """Listing, adding, editing, history. There is no chooser: nothing refers to a photo."""

    model = ReferencePhoto
    icon = "image"
    menu_label = _("All photos")
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("picture", label=_("Photo"), accessor=small_picture),
        Column("credit", label=_("Credit"), accessor=credit),
        "specimen",
        LiveStatusTagColumn(),
    ]
    list_filter = ["item", "view", "licence", "live"]
    edit_handler = ObjectList(
        [
            PhotoPanel(),
            FieldPanel("file"),
            FieldPanel("item"),
            FieldRowPanel([FieldPanel("view"), FieldPanel("specimen")]),
            FieldPanel("author"),
            FieldRowPanel([FieldPanel("licence"), FieldPanel("licence_version")]),
            FieldPanel("source"),
        ],
        base_form_class=ReferencePhotoForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return ReferencePhoto.objects.select_related("item").prefetch_related("item__common_names")

    def register_chooser_viewset(self) -> None:
        """Leave it out."""


class PhotoMenuItem(MenuItem):
    """Shown to those who may add photos."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("content.add_referencephoto")


class PhotoMenu(SubmenuMenuItem):
    """Everything about photos of known specimens."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("content.add_referencephoto")


def photo_menu() -> PhotoMenu:
    def item(label: Any, address: str, icon: str, order: int) -> PhotoMenuItem:
        return PhotoMenuItem(
            label, reverse(address), name=address.replace(":", "-"), icon_name=icon, order=order
        )

    items = [
        item(_("All photos"), "wagtailsnippets_content_referencephoto:list", "image", 1),
        item(_("A folder of photos"), "photo_imports", "upload", 2),
        item(_("From GBIF and iNaturalist"), "photo_search", "search", 3),
        item(_("What the recogniser learned"), "photos_learned", "view", 4),
    ]
    return PhotoMenu(_("Photos"), Menu(items=items), name="reference-photos", icon_name="image", order=210)
