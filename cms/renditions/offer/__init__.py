"""What there are renditions of (posts, previews, categories, anthologies), and where they are."""
