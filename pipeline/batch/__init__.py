"""An inbox through the flow, durably: the store, the runner, provider files, recording and progress."""
