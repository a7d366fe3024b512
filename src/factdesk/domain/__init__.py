"""Plain frozen types and rules: no input, no output, no imports from the other rooms but errors."""
