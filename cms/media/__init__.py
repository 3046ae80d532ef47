"""Files: where uploaded ones and made ones are stored."""
