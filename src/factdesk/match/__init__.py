"""Whether a known claim is the one a message makes: features, the learned table, decision and reasons.

Works on candidates handed to it, and knows neither record nor index.
"""
