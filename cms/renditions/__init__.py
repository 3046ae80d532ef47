"""Renditions: a post as a print document, and that document in each format.

    offer     what there are renditions of, and where: posts, previews, categories, anthologies
    press     makes each once, in processes of their own, and keeps it
    making    from what is stored to a print document
    document  the print document, a closed tree
    formats   PDF, EPUB, print HTML, Markdown and text; each writes the tree
    wording   the few words that they add, by language
    attempts  turns and failures, of whatever is made

An `address` tells what it leads to: the content's version, the options, the operator's `terms`.
"""
