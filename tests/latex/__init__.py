"""Tests of writer.latex."""
