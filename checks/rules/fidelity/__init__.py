"""Fidelity: what the translation keeps of the English."""
