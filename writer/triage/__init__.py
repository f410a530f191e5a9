"""What an author decides about findings on a paper: chosen rules, allows, a baseline."""
