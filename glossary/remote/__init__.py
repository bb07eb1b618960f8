"""Files at URLs: ``s3://bucket/week.md``, ``https://host/digests/``, ``zip://*.md::https://host/all.zip``.

fsspec opens them, and is imported when the first is opened. They are read, never written: nothing there can be replaced
in one step, and only while it is still what was read. What is told of a URL is without its credentials.
"""

from glossary.remote.files import Place, Remote, contents, local, place
from glossary.remote.urls import is_url, name_of

__all__ = ["Place", "Remote", "contents", "is_url", "local", "name_of", "place"]
