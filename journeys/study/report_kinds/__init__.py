"""One module for each kind of report: it fills results of the study into a report."""
