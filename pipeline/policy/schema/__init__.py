"""``policy.yaml`` as a JSON Schema, so that an editor completes facts and marks a slip while it is typed."""
