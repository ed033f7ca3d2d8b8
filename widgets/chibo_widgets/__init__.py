"""What people touch: the widgets of the pages, and the template that the pages are served with."""
