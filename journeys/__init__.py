"""evidence-journeys: how evidence travels through organisations, as a property graph."""
