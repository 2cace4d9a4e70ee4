"""Records of what was written: a form, a person, a meeting, a source, a code, each in sections."""
