"""Tests of writer.sources."""
