"""Takes the text out of a document's bytes, in a process of its own."""
