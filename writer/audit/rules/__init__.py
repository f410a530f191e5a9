"""ONE FILE PER RULE, ``CODE_slug.py``, each with ``RULE``; found by being here."""
