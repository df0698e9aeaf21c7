"""Documents with marked places and a folder of charts, in; the documents with the current charts, out."""
