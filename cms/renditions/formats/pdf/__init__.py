"""PDF: typeset by typst from our template; what a post says comes in as data, never as markup."""
