from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentifyConfig(AppConfig):
    name = "identify"
    verbose_name = _("Identification")

    def ready(self) -> None:
        from . import following, holdings

        holdings.register()
        following.connect()
