"""The gases and blends of trade: which one a number means, what controls it, and how much it warms."""
