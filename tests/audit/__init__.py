"""Tests of writer.audit."""
