"""Many rulebooks and units files, in; what many processes make of each, and a report, out."""
