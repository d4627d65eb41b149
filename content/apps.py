from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = _("Guides and modules")

    def ready(self) -> None:
        from . import holdings, law_writing
        from .searching import terms

        holdings.register()
        terms.follow_the_guide()
        law_writing.follow_publishing()
