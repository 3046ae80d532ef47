"""Text: Markdown or HTML in; sanitised HTML, plain text, headings and excerpt out.

`document` is the door. Everything here is a pure function of its arguments, terminates in time
proportional to its input, and accepts any `str`.
"""
