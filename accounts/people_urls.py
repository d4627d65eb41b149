"""The coordinator's pages."""

from django.urls import path

from .views.people import invitations, people, person, requests, staff_lists

urlpatterns = [
    path("", people.people, name="people"),
    path("export/", people.export, name="people_export"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:pk>/", requests.decide, name="request"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.new, name="invite"),
    path("invitations/<int:pk>/again/", invitations.again, name="invite_again"),
    path("invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("lists/", staff_lists.new, name="staff_lists"),
    path("lists/<int:pk>/", staff_lists.staff_list, name="staff_list"),
    path("lists/<int:pk>/apply/", staff_lists.apply, name="apply_staff_list"),
    path("<int:pk>/", person.person, name="person"),
    path("<int:pk>/<slug:name>/", person.act, name="person_act"),
]
