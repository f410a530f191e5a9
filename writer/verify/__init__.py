"""Recompute what runs report, and bind tables to the runs behind them."""
