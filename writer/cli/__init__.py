"""The command line: ONE FILE PER COMMAND, and the only place that prints or exits."""
