"""Sentence vectors: texts in, float32 rows out."""
