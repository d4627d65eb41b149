from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentifyConfig(AppConfig):
    name = "identify"
    verbose_name = _("Identification")

    def ready(self) -> None:
        from . import following, holdings, law_and_cases

        holdings.register()
        following.connect()
        law_and_cases.connect()
