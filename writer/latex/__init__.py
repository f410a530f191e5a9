"""LaTeX papers: flattened, masked, with a map back to file and line."""
