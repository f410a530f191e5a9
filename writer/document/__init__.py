"""Documents: sections, tables and figures from measurements and findings."""
