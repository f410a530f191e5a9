"""sage-write: an honest paper-writing assistant."""

__version__ = "0.1.0"
