"""A business folder from its files: who we are, whom we know, what we charge, when we are full, and the policy."""
