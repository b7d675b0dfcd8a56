"""The model that needs no key, no network and no training: patterns read, set phrases write, and both give up early."""
