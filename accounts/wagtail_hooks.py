"""What accounts adds to the Wagtail admin."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import RetentionRule


class RetentionRuleViewSet(SnippetViewSet):
    """For administrators, who alone have the permission."""

    model = RetentionRule
    icon = "history"
    menu_label = "Retention"
    add_to_settings_menu = True
    list_display = ["kind", "days"]
    panels = [FieldPanel("kind"), FieldPanel("days")]


register_snippet(RetentionRuleViewSet)
