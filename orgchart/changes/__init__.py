"""Two units files, in; what changed between them, with the sentences of both, out."""
