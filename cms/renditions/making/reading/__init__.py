"""Reading sanitised HTML into a print document."""
