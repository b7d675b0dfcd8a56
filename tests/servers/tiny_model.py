"""A language model of half a megabyte, made on the spot: random weights, a vocabulary of raw bytes.

It writes nonsense, which is what a test of a grammar-constrained server wants: whatever fits the schema does so because
the server obeys it. Left out: a tokenizer worth the name; every byte of the prompt is a token.
"""

import json
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

_DIM, _LAYERS, _HEADS, _FEED, _CONTEXT = 64, 2, 4, 128, 32768
_SPECIAL = ["<unk>", "<s>", "</s>"]
_TEMPLATE = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"


def write_model(path: Path, seed: int = 7) -> Path:
    """Write the model as GGUF; the same seed gives the same weights."""
    writer = gguf.GGUFWriter(path, "llama")
    _describe(writer)
    _add_vocabulary(writer)
    _add_weights(writer, np.random.default_rng(seed))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _describe(writer: gguf.GGUFWriter) -> None:
    writer.add_name("tiny-random")
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_DIM)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_FEED)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_rope_dimension_count(_DIM // _HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_chat_template(_TEMPLATE)


def _add_vocabulary(writer: gguf.GGUFWriter) -> None:
    # Only printable ASCII can be written; any byte can be read. Random bytes would be no UTF-8.
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds += [gguf.TokenType.BYTE if 32 <= byte < 127 else gguf.TokenType.UNUSED for byte in range(256)]
    tokens = _SPECIAL + [f"<0x{byte:02X}>" for byte in range(256)]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_space_prefix(value=False)


def _add_weights(writer: gguf.GGUFWriter, random: np.random.Generator) -> None:
    def matrix(name: str, *shape: int) -> None:
        writer.add_tensor(name, (random.standard_normal(shape) * 0.1).astype(np.float32))

    def ones(name: str) -> None:
        writer.add_tensor(name, np.ones(_DIM, dtype=np.float32))

    vocabulary = len(_SPECIAL) + 256
    matrix("token_embd.weight", vocabulary, _DIM)
    matrix("output.weight", vocabulary, _DIM)
    ones("output_norm.weight")
    for layer in range(_LAYERS):
        block = f"blk.{layer}"
        ones(f"{block}.attn_norm.weight")
        ones(f"{block}.ffn_norm.weight")
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            matrix(f"{block}.{name}.weight", _DIM, _DIM)
        matrix(f"{block}.ffn_gate.weight", _FEED, _DIM)
        matrix(f"{block}.ffn_up.weight", _FEED, _DIM)
        matrix(f"{block}.ffn_down.weight", _DIM, _FEED)


def write_folder(folder: Path, seed: int = 7) -> Path:
    """Write the same kind of model as a folder that ``transformers`` loads, without needing that package."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in _folder_files().items():
        (folder / name).write_text(json.dumps(content), "utf-8")
    _write_tensors(folder / "model.safetensors", _folder_weights(np.random.default_rng(seed)))
    return folder


def _folder_files() -> dict[str, object]:
    """Configuration, and a tokenizer whose 256 words are single bytes."""
    config = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "float32",
        "hidden_size": _DIM, "intermediate_size": _FEED, "num_hidden_layers": _LAYERS, "num_attention_heads": _HEADS,
        "num_key_value_heads": _HEADS, "max_position_embeddings": _CONTEXT, "vocab_size": len(_SPECIAL) + 256,
        "rms_norm_eps": 1e-5, "bos_token_id": 1, "eos_token_id": 2, "tie_word_embeddings": False,
    }  # fmt: skip
    plain = ("single_word", "lstrip", "rstrip", "normalized")
    special = [
        {"id": n, "content": word, "special": True, **dict.fromkeys(plain, False)}
        for n, word in enumerate(_SPECIAL)
    ]  # fmt: skip
    words = {word: n for n, word in enumerate(_SPECIAL + _byte_letters())}
    bytewise = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
    tokenizer = {
        "version": "1.0", "added_tokens": special, "pre_tokenizer": bytewise, "decoder": bytewise,
        "model": {"type": "BPE", "vocab": words, "merges": []},
    }  # fmt: skip
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>",
        "chat_template": _TEMPLATE, "model_max_length": _CONTEXT,
    }  # fmt: skip
    return {
        "config.json": config,
        "generation_config.json": {"bos_token_id": 1, "eos_token_id": 2},
        "tokenizer.json": tokenizer,
        "tokenizer_config.json": settings,
    }


def _byte_letters() -> list[str]:
    """The visible letters that byte-level tokenizers write for the 256 bytes."""
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = iter(range(256, 512))
    return [chr(byte) if byte in visible else chr(next(hidden)) for byte in range(256)]


def _folder_weights(random: np.random.Generator) -> dict[str, NDArray[np.float32]]:
    def matrix(*shape: int) -> NDArray[np.float32]:
        return (random.standard_normal(shape) * 0.1).astype(np.float32)

    ones = np.ones(_DIM, dtype=np.float32)
    vocabulary = len(_SPECIAL) + 256
    weights = {
        "model.embed_tokens.weight": matrix(vocabulary, _DIM),
        "lm_head.weight": matrix(vocabulary, _DIM),
        "model.norm.weight": ones,
    }
    for layer in range(_LAYERS):
        block = f"model.layers.{layer}"
        weights |= {f"{block}.{name}.weight": ones for name in ("input_layernorm", "post_attention_layernorm")}
        weights |= {f"{block}.self_attn.{name}_proj.weight": matrix(_DIM, _DIM) for name in "qkvo"}
        weights |= {f"{block}.mlp.{name}_proj.weight": matrix(_FEED, _DIM) for name in ("gate", "up")}
        weights[f"{block}.mlp.down_proj.weight"] = matrix(_DIM, _FEED)
    return weights


def _write_tensors(path: Path, weights: dict[str, NDArray[np.float32]]) -> None:
    """The safetensors form: the length of a JSON header, the header, the bytes."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    start = 0
    for name, array in weights.items():
        end = start + array.nbytes
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [start, end]}
        start = end
    told = json.dumps(header).encode()
    told += b" " * (-len(told) % 8)
    path.write_bytes(len(told).to_bytes(8, "little") + told + b"".join(a.tobytes() for a in weights.values()))
