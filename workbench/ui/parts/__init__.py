"""Parts of screens that more than one page uses, or that would make a page long."""
