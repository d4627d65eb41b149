from django.urls import path

from . import browse_views, law_views, protocol_views, refrigerant_views, views
from .offline import views as offline_views

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
    path("offline/", offline_views.offline, name="offline"),
    path("offline/manifest.json", offline_views.manifest, name="offline_manifest"),
    path("offline/parts/<slug:digest>.json", offline_views.part, name="offline_part"),
    path("offline/not-kept/", offline_views.not_kept, name="not_kept"),
    # A worker reaches what lies below its own address.
    path("offline.js", offline_views.worker, name="offline_worker"),
    path("law/", law_views.law_changes, name="law_changes"),
    path("<slug:key>/", views.item, name="item"),
    path("<slug:key>/card/", views.card, name="card"),
]
