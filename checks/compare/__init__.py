"""Two translations of the same papers side by side: ``python -m checks.compare A B``."""
