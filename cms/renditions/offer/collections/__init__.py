"""Posts bound into books: those of a category, and those that a reader chose."""
