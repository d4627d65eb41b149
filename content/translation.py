"""Which fields of which records exist in six languages."""

from modeltranslation.translator import TranslationOptions, register

from .models import (
    Advice,
    Choice,
    FieldMark,
    Hazard,
    LawChange,
    LawProvision,
    LegalStatus,
    LookAlike,
    LookAlikeMark,
    Notice,
    Objective,
    Protocol,
    ProtocolAnswer,
    ProtocolOutcome,
    ProtocolStep,
    Question,
    Quiz,
    ReferenceItem,
)


@register(Hazard)
class HazardTranslation(TranslationOptions):
    fields = ("title", "text")


@register(Advice)
class AdviceTranslation(TranslationOptions):
    fields = ("points",)


@register(ReferenceItem)
class ReferenceItemTranslation(TranslationOptions):
    fields = ("summary", "concealment")


@register(FieldMark)
class FieldMarkTranslation(TranslationOptions):
    fields = ("text",)


@register(LegalStatus)
class LegalStatusTranslation(TranslationOptions):
    fields = ("condition",)


@register(LawChange)
class LawChangeTranslation(TranslationOptions):
    fields = ("title", "explanation")


@register(LawProvision)
class LawProvisionTranslation(TranslationOptions):
    fields = ("condition",)


@register(LookAlike)
class LookAlikeTranslation(TranslationOptions):
    fields = ("deciding",)


@register(LookAlikeMark)
class LookAlikeMarkTranslation(TranslationOptions):
    fields = ("mark", "first_side", "second_side")


@register(Protocol)
class ProtocolTranslation(TranslationOptions):
    fields = ("title", "intro", "safety")


@register(ProtocolStep)
class ProtocolStepTranslation(TranslationOptions):
    fields = ("title", "safety", "text")


@register(ProtocolAnswer)
class ProtocolAnswerTranslation(TranslationOptions):
    fields = ("text",)


@register(ProtocolOutcome)
class ProtocolOutcomeTranslation(TranslationOptions):
    fields = ("title", "text")


@register(Objective)
class ObjectiveTranslation(TranslationOptions):
    fields = ("text",)


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "explanation")


@register(Choice)
class ChoiceTranslation(TranslationOptions):
    fields = ("text", "feedback")


@register(Quiz)
class QuizTranslation(TranslationOptions):
    fields = ("title", "intro")


@register(Notice)
class NoticeTranslation(TranslationOptions):
    fields = ("title", "text")
