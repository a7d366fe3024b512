"""A message's sentences as claims: what kind each is, and whether a desk should spend time on it."""
