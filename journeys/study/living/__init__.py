"""Living reports: a Markdown or Word file of the team's own, with marks that are filled from the graph."""
