"""Pages made of a policy and of past outcomes: HTML that loads nothing, and Markdown. Left out: what stands on them."""
