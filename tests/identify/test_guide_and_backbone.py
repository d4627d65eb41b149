"""The product's own guide and the recogniser's backbone agree on names."""

import pytest

from content.models import ReferenceItem
from identify import recogniser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_guide", "models_root")]


def test_the_backbone_knows_every_class_that_the_guide_names():
    known = set(recogniser.open_recogniser().backbone.class_names)
    named = {name for item in ReferenceItem.objects.all() for name in item.backbone_classes}
    assert len(named) > 50
    assert named <= known
