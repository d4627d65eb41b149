from django.urls import include, path

from . import views
from .views import access, access_log, data, invited, own_sign_in, you

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
    # In place of allauth's pages at the same addresses.
    path("oidc/<slug:key>/login/", own_sign_in.start, name="own_sign_in"),
    path("oidc/<slug:key>/login/callback/", own_sign_in.come_back, name="own_sign_in_back"),
    path("3rdparty/", own_sign_in.connections, name="connections"),
    path("you/", you.hub, name="you"),
    path("you/tokens/", you.tokens, name="tokens"),
    path("you/tokens/new/", you.make_token, name="make_token"),
    path("you/tokens/<int:pk>/revoke/", you.revoke_token, name="revoke_token"),
]
