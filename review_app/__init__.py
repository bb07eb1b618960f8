"""The review app: editors clear the findings of translated digests, by keyboard, losing nothing."""
