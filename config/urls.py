"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import admin_login

from .api import api
from .views import media, robots, sitemap

handler400 = "config.errors.bad_request"

urlpatterns = [
    path("admin/login/", admin_login, name="admin_login"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", api.urls),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    # The address people try first for Chinese.
    re_path(
        r"^zh/(?P<rest>.*)$",
        RedirectView.as_view(url="/zh-hans/%(rest)s", query_string=True),
        name="chinese",
    ),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.*)$", media, name="media"),
]

urlpatterns += i18n_patterns(
    # Before allauth's, whose page for changing one's e-mail address it replaces.
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("learn/", include("learning.urls")),
    path("identify/", include("identify.urls")),
    path("guide/checks/", include("content.checks.urls")),
    path("guide/", include("content.urls")),
    path("privacy/", include("content.notice_urls")),
    # Wagtail's own login page lets passwords be guessed without limit.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="login_by_wagtail",
    ),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
