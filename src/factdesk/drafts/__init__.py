"""A check as people write it: its file, templates, differences, merging, Word. Plain values in and out."""
