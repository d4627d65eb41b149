from django.urls import path

from . import views
from .views import own_sign_in, you

app_name = "accounts"
urlpatterns = [
    path("next/", views.next_step, name="next"),
    path("email/", views.email_is_given, name="email"),
    # In place of allauth's pages at the same addresses.
    path("oidc/<slug:key>/login/", own_sign_in.start, name="own_sign_in"),
    path("oidc/<slug:key>/login/callback/", own_sign_in.come_back, name="own_sign_in_back"),
    path("3rdparty/", own_sign_in.connections, name="connections"),
    path("you/", you.hub, name="you"),
    path("you/tokens/", you.tokens, name="tokens"),
    path("you/tokens/new/", you.make_token, name="make_token"),
    path("you/tokens/<int:pk>/revoke/", you.revoke_token, name="revoke_token"),
]
