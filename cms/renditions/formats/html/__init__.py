"""What the printable page and e-books share: a document's nodes written as HTML."""
