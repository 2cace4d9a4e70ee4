"""What each kind of report says: results of the study, filled into a report."""
