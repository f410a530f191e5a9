"""Measurements of the program's own speed; never tests."""
