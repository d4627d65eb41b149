from django.urls import path

from . import views

app_name = "guide"
urlpatterns = [
    path("", views.item_list, name="items"),
    path("protocols/<slug:key>/", views.protocol, name="protocol"),
    path("photos/<int:photo_id>/<str:size>.jpg", views.photo, name="photo"),
    path("country/", views.country, name="country"),
    path("<slug:key>/", views.item, name="item"),
]
