"""What the product ships keeps the rules of publishing itself."""

import pytest

from content.guide_rules import problems_of_item, problems_of_pair
from content.models import LookAlike, ReferenceItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_guide")]


def test_the_whole_library_may_be_published():
    found = {item.key: problems_of_item(item) for item in ReferenceItem.objects.all()}
    found |= {pair.key: problems_of_pair(pair) for pair in LookAlike.objects.all()}
    assert len(found) > 100
    assert {key: problems for key, problems in found.items() if problems} == {}
