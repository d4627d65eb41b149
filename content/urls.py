from django.urls import path

from . import browse_views, law_views, protocol_views, refrigerant_views, views

app_name = "guide"
urlpatterns = [
    path("", views.item_list, name="items"),
    path("protocols/", protocol_views.protocols, name="protocols"),
    path("protocols/<slug:key>/", protocol_views.protocol, name="protocol"),
    path("protocols/<slug:key>/walk/", protocol_views.protocol_walk, name="protocol_walk"),
    path("refrigerants/", refrigerant_views.refrigerants, name="refrigerants"),
    path("photos/<int:photo_id>/<str:size>.jpg", views.photo, name="photo"),
    path("search/", browse_views.search, name="search"),
    path("parts/", browse_views.parts, name="parts"),
    path("parts/<slug:form>/", browse_views.part, name="part"),
    path("conventions/", browse_views.conventions, name="conventions"),
    path("conventions/<slug:instrument>/<str:listing>/", browse_views.listing, name="listing"),
    path("codes/", browse_views.codes, name="codes"),
    path("codes/<str:code>/", browse_views.heading, name="heading"),
    path("compare/<slug:first>/<slug:second>/", views.compare, name="compare"),
    path("country/", views.country, name="country"),
    path("law/", law_views.law_changes, name="law_changes"),
    path("<slug:key>/", views.item, name="item"),
    path("<slug:key>/card/", views.card, name="card"),
]
