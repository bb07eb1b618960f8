"""Candidates for a glossary, out of digests and their English.

`english` finds the phrases of the one side, `chinese` those of the other, `association` tells which go together,
`glosses` reads what translators themselves put in brackets, and `candidates` makes one list of both.
"""
