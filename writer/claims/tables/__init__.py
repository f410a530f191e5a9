"""Hold claims against a paper's own tables: soft binding by header words, with chance."""
