from django.urls import path

from . import views
from .views import access_log, data

app_name = "accounts"
urlpatterns = [
    path("next/", views.next_step, name="next"),
    path("email/", views.email_is_given, name="email"),
    path("access-log/", access_log.access_log, name="access_log"),
    path("you/data/", data.data, name="data"),
    path("you/data/export/", data.export, name="export"),
    path("you/data/erase/", data.erase, name="erase"),
]
