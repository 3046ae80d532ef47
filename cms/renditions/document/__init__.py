"""The print document, a closed tree, and what can be said of any."""
