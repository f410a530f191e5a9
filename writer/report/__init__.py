"""Reports: ONE FILE PER FORMAT over the results of an audit or a check."""
