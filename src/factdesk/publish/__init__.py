"""The desk's site: rendered to staging, checked, swapped. What readers see, and what their programs read."""
