"""The gate in an editor: a server of the Language Server Protocol 3.17.

Findings as diagnostics, fixes and dismissals as code actions, the glossary on hover, terms on completion; all from
:mod:`checks.gate`, so that an editor says what the command says.
"""
