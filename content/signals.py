"""What this app asks the apps above it, which it may not import."""

from django.dispatch import Signal

# Sent with `keys`, the items that a change of law touches. A receiver answers with what of its own
# that is: a `content.law_touching.HeldElsewhere`.
law_touches = Signal()
