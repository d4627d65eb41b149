from django.urls import path

from . import views

app_name = "checks"
urlpatterns = [
    path("", views.checks, name="all"),
    path("hs-code/", views.hs_code, name="hs_code"),
    path("papers/<slug:kind>/", views.document, name="document"),
]
