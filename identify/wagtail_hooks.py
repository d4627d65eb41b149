"""What identify adds to the Wagtail admin: photos of known specimens, which the recogniser learns from."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import reference_views as views
from .publish_bulk import PublishPhotos
from .reference_admin import PhotoMenu, ReferencePhotoViewSet, photo_menu

register_snippet(ReferencePhotoViewSet)
hooks.register("register_bulk_action", PublishPhotos)


@hooks.register("register_admin_urls")
def photo_addresses() -> list[URLPattern]:
    return [
        path("photos/import/", views.photo_imports, name="photo_imports"),
        path("photos/import/<uuid:public_id>/", views.photo_import, name="photo_import"),
        path("photos/import/<uuid:public_id>/apply/", views.apply_photo_import, name="apply_photo_import"),
        path("photos/search/", views.photo_search, name="photo_search"),
        path("photos/search/take/", views.take_photos, name="take_photos"),
        path("photos/learned/", views.photos_learned, name="photos_learned"),
    ]


@hooks.register("register_admin_menu_item")
def photo_menu_item() -> PhotoMenu:
    return photo_menu()
