"""Tests of writer.model."""
