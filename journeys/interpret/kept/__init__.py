"""What was read of the files, kept in .journeys so that files that did not change are not read again."""
