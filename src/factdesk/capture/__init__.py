"""Gets what is on the network, safely."""
