from django.urls import path

from . import notice_views

app_name = "notices"
urlpatterns = [
    path("", notice_views.read, name="read"),
    path("accept/", notice_views.accept, name="accept"),
    path("write/", notice_views.write, name="write"),
]
