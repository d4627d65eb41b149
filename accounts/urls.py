from django.urls import path

from . import views
from .views import you

app_name = "accounts"
urlpatterns = [
    path("next/", views.next_step, name="next"),
    path("email/", views.email_is_given, name="email"),
    path("you/", you.hub, name="you"),
    path("you/tokens/", you.tokens, name="tokens"),
    path("you/tokens/new/", you.make_token, name="make_token"),
    path("you/tokens/<int:pk>/revoke/", you.revoke_token, name="revoke_token"),
]
