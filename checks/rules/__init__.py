"""The rules: one module each, found by :mod:`checks.registry`."""
