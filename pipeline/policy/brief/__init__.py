"""What a client may know before anything is asked: the page "how we work", made of the policy alone."""
