"""ONE FILE PER COMMAND, each with ``COMMAND``; found by being here.

A command's module imports only what its options need: work is imported where it
is done, so that ``sage-write --help`` stays fast.
"""
