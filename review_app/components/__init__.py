"""What the pages are made of: marked text, and the app's own widgets."""
