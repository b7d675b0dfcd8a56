"""A rival: one strong page of prompt that holds the same policy and the same offers, asked of the same model."""
