"""The frame of every page (EPUB 3.3, 6.1: XHTML content documents)."""

from html import escape

from .publication import Metadata

STYLESHEET = "style.css"


def page(metadata: Metadata, title: str, body: str) -> str:
    """Write a whole page around what it shows."""
    language = escape(metadata.language)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"\
 lang="{language}" xml:lang="{language}" dir="{metadata.direction}">
<head>
<title>{escape(title, quote=False)}</title>
<link rel="stylesheet" type="text/css" href="{STYLESHEET}"/>
</head>
<body>
{body}</body>
</html>
"""
