from django.urls import path

from .views import overview, quiz, reading

app_name = "learning"
urlpatterns = [
    path("", overview.mine, name="mine"),
    path("lessons/<uuid:lesson_key>/position/", reading.position, name="position"),
    path("lessons/<uuid:lesson_key>/done/", reading.done, name="done"),
    path("lessons/<uuid:lesson_key>/questions/<int:question_id>/", reading.answer, name="answer"),
    path("<slug:slug>/", overview.go_on, name="go_on"),
    path("<slug:slug>/quiz/", quiz.intro, name="quiz"),
    path("<slug:slug>/quiz/start/", quiz.start, name="start"),
    path("<slug:slug>/quiz/<int:number>/review/", quiz.review, name="review"),
    path("<slug:slug>/quiz/<int:number>/submit/", quiz.submit, name="submit"),
    path("<slug:slug>/quiz/<int:number>/result/", quiz.result, name="result"),
    path("<slug:slug>/quiz/<int:number>/<int:place>/", quiz.question, name="question"),
]
