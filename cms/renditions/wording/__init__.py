"""The words that a rendition adds to a post, in many languages."""
