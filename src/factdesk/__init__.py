"""The workshop of a fact-checking desk."""

__version__ = "0.1.0"
