"""Reads a draft as a careful colleague would: one rule a file, each with its reason, on plain values handed to it."""
