"""Rules on papers: one file per rule, found by being here."""
