from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("next/", views.next_step, name="next"),
    path("email/", views.email_is_given, name="email"),
]
