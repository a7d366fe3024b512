"""Everything that changes the record: one function for each thing a user does."""
