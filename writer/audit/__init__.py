"""The audit: rules read a dataset and give findings."""
