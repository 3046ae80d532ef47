"""Export folders: Markdown with front matter, and comments as JSON lines; written and read.

    site.yaml                       title, tagline, language
    authors/<slug>.md               front matter and bio
    categories/<slug>.md            front matter and description
    tags.yaml                       the tags whose slug is not the one made from their name
    posts/<slug>.md                 front matter and body
    posts/<slug>.comments.jsonl     the post's comments, one a line, parents first

Front matter is one `key: JSON value` a line, which is YAML as well.
"""
