from django.urls import include, path

from . import views
from .views import access, invited

app_name = "accounts"
urlpatterns = [
    path("next/", views.next_step, name="next"),
    path("access/", access.access, name="access"),
    path("access/withdraw/", access.withdraw, name="withdraw_request"),
    path("signed-up/", access.signed_up, name="signed_up"),
    path("invitation/<str:secret>/", invited.invitation, name="invitation"),
    path("people/", include("accounts.people_urls")),
    path("email/", views.email_is_given, name="email"),
]
