"""Results in notebooks: as a line, as html, as tables of pandas and polars, as graphs, as plots, as files."""
