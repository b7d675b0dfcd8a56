"""The bodies of Chat Completions answers, as the providers on this machine send them."""

import json


def completion(model: str, text: str, finish: str) -> str:
    """A reply; what it took is always the same."""
    message = {"role": "assistant", "content": text, "refusal": None}
    choice = {"index": 0, "finish_reason": finish, "logprobs": None, "message": message}
    usage = {"prompt_tokens": 3000, "completion_tokens": 400, "total_tokens": 3400}
    whole = {"id": "c", "object": "chat.completion", "created": 1, "model": model, "choices": [choice], "usage": usage}
    return json.dumps(whole)


def error(message: str) -> str:
    """A refusal in the provider's words."""
    return json.dumps({"error": {"message": message, "type": "server_error", "code": None, "param": None}})
