"""What ``candor doctor`` looks at: checks that return rows. Nothing here prints, and nothing is sent unasked."""
