"""One journey in detail: what happened to a document or piece of evidence, step by step."""
