from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from . import holdings, retained
        from .roles import create_role_groups

        holdings.register()
        retained.register()
        post_migrate.connect(create_role_groups, sender=self)


class AdminPeopleConfig(WagtailUsersAppConfig):
    """Wagtail's own listing of people, which shows whom the reader may see."""

    user_viewset = "accounts.admin_people.PersonViewSet"
