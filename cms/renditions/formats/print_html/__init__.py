"""The printable page: HTML made for paper."""
