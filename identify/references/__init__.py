"""How photos of known specimens come into the guide: one by one, by the folder, from elsewhere."""
