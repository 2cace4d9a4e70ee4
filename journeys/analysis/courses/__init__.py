"""All journeys of a study compared: their stages, orders, provenance and decisions."""
