"""Reading again what was written: a form, a person, a meeting, a source, a code, each as a record of sections."""
