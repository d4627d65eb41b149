from django.urls import path

from . import protocol_views, refrigerant_views, views

app_name = "guide"
urlpatterns = [
    path("", views.item_list, name="items"),
    path("protocols/", protocol_views.protocols, name="protocols"),
    path("protocols/<slug:key>/", protocol_views.protocol, name="protocol"),
    path("protocols/<slug:key>/walk/", protocol_views.protocol_walk, name="protocol_walk"),
    path("refrigerants/", refrigerant_views.refrigerants, name="refrigerants"),
    path("country/", views.country, name="country"),
    path("<slug:key>/", views.item, name="item"),
]
