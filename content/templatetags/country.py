"""An administration's own rules in a template."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from content.models import CountrySheet, NationalRule
from content.national import RuleShown, rules_now

register = template.Library()


@dataclass(frozen=True, slots=True)
class RuleAbout:
    """A rule, and what it is about in the reader's language."""

    about: str
    url: str
    shown: list[RuleShown]


@register.simple_tag
def rules_of(sheet: CountrySheet) -> list[RuleAbout]:
    """Every rule of a sheet, in its order."""
    return [RuleAbout(*_about(rule), rules_now([rule])) for rule in sheet.rules.all()]


def _about(rule: NationalRule) -> tuple[str, str]:
    if rule.item:
        return rule.item.name, rule.item.get_absolute_url()
    return _("Everything listed by %(instrument)s") % {"instrument": rule.get_instrument_display()}, ""
