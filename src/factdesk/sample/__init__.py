"""Sample data of our own: well-known misconceptions with short explanations, for trying factdesk and for its tests."""
