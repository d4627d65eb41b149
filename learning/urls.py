from django.urls import path
from django.views.decorators.cache import never_cache

from .views import overview, quiz, reading

app_name = "learning"
# The quiz never stays in a browser's cache: "back" after signing out, or on a shared phone, must not show it.
urlpatterns = [
    path("", overview.mine, name="mine"),
    path("lessons/<uuid:lesson_key>/position/", reading.position, name="position"),
    path("lessons/<uuid:lesson_key>/done/", reading.done, name="done"),
    path("lessons/<uuid:lesson_key>/questions/<int:question_id>/", reading.answer, name="answer"),
    path("<slug:slug>/", overview.go_on, name="go_on"),
    path("<slug:slug>/quiz/", never_cache(quiz.intro), name="quiz"),
    path("<slug:slug>/quiz/start/", never_cache(quiz.start), name="start"),
    path("<slug:slug>/quiz/<int:number>/review/", never_cache(quiz.review), name="review"),
    path("<slug:slug>/quiz/<int:number>/submit/", never_cache(quiz.submit), name="submit"),
    path("<slug:slug>/quiz/<int:number>/result/", never_cache(quiz.result), name="result"),
    path("<slug:slug>/quiz/<int:number>/<int:place>/", never_cache(quiz.question), name="question"),
]
