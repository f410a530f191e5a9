r"""Bind the numbers of a paper to their measurements: ``7.27`` to ``\measured{id}{7.27}``."""

from writer.claims.bind.plan import plan, write

__all__ = ["plan", "write"]
