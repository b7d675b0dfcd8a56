"""Models: anything that completes a prompt. ``model`` holds the seam; the rest are adapters and wrappers of it."""
