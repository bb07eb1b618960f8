"""Translation memory: how much the same sentence was translated before. ``python -m checks.memory``."""
