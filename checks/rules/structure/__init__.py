"""DIG: the structure of a digest."""
