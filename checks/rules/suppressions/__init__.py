"""Suppressions: the comments that silence rules."""
