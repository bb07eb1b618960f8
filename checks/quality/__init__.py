"""Quality in numbers: penalties after MQM, likeness after sacreBLEU, terms after the WMT terminology task.

Nothing here decides anything: the gate does not import it. :mod:`checks.compare` and :mod:`checks.summary` show it on
the command line, the review app on its pages.
"""
