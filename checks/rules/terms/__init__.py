"""TRM: terminology."""
