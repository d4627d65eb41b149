from django.urls import include, path

from . import views
from .views import access, access_log, data, invited

app_name = "accounts"
urlpatterns = [
    path("next/", views.next_step, name="next"),
    path("access/", access.access, name="access"),
    path("access/withdraw/", access.withdraw, name="withdraw_request"),
    path("signed-up/", access.signed_up, name="signed_up"),
    path("invitation/<str:secret>/", invited.invitation, name="invitation"),
    path("people/", include("accounts.people_urls")),
    path("email/", views.email_is_given, name="email"),
    path("access-log/", access_log.access_log, name="access_log"),
    path("you/data/", data.data, name="data"),
    path("you/data/export/", data.export, name="export"),
    path("you/data/erase/", data.erase, name="erase"),
]
