"""The commands of `python -m checks.sources`: a module each, with `configure` for its options, `run` for its work."""
