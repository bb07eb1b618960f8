"""CHR: characters."""
