"""The office's own app below /can-bo: from an unanswered question to a published, reversible fix.

Read in this order: rights, person, entry, visit, desk, app; then one folder a section.
"""
