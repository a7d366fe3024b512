"""Signatures on a person's side: private keys, where they are kept, and which public ones a reader trusts.

Nothing here knows a desk's record. A private key never enters one.
"""
