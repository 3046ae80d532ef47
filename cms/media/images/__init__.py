"""Images: taken in, kept once, and scaled to the widths that pages and printers want."""
