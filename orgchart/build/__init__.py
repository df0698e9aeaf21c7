"""An orgchart.toml and the files it names, in; all charts it lists, made anew where they are stale, out."""
