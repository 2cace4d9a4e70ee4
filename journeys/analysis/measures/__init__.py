"""The measures: a published method applied to the claims of a study; one file a measure."""
