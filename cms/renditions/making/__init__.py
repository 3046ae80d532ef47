"""From what is stored to a print document: posts, comments and their pictures."""
