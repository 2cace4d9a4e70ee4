"""The pages of an atlas: what is written, for whom, and again when something changed."""
