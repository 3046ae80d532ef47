"""Renditions: a post as a print document, and that document in each format.

`formats` is the registry, `render` the door; a format is one file with a class that writes a
`document.Document`.
"""
