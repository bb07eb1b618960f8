"""The commands of `python -m glossary`: one module each, with `configure` for its options and `run` for its work."""
