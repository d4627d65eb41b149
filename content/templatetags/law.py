"""What is known to change about an item."""

from django import template

from content.models import LawChange, ReferenceItem

register = template.Library()


@register.simple_tag
def changes_to_come(item: ReferenceItem) -> list[LawChange]:
    """The announced changes of an item whose day has not come, the nearest first. One query."""
    if item.pk is None:  # a preview of what has never been saved
        return []
    changes = LawChange.objects.written().of_item(item).order_by("effective_on", "pk")
    return [change for change in changes if change.to_come]
