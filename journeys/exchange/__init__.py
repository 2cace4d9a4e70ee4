"""Files for other programs, one format a module: how a study leaves in it, or how a file of it comes in."""
