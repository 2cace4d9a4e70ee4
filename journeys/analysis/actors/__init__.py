"""Who deals with whom: networks of people, groups and organisations."""
