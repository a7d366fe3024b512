"""Lists of words that rules go by, each with the reason why it is one."""
