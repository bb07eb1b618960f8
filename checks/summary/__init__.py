"""The figures of some digests on one page, for the weekly meeting: ``python -m checks.summary``."""
