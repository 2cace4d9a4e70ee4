"""Networks of people, groups and organisations."""
