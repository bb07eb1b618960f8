"""FMT: typography."""
