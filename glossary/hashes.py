"""BLAKE2b without OpenSSL.

hashlib gives this very function, and loads OpenSSL for others that we do not use, which takes longer than any hash.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
