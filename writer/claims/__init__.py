"""Claims: what a paper asserts, held against the evidence."""
