from django.urls import path

from . import views

app_name = "identify"
urlpatterns = [
    path("", views.start, name="start"),
    path("mine/", views.mine, name="mine"),
    path("<uuid:public_id>/", views.answer, name="answer"),
    path("<uuid:public_id>/photos/<int:position>/", views.photo, name="photo"),
]
