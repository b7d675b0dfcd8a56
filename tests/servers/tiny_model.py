"""A language model of half a megabyte, made on the spot: random weights, a vocabulary of raw bytes.

It writes nonsense, which is what a test of a grammar-constrained server wants: whatever fits the schema does so because
the server obeys it. Left out: a tokenizer worth the name; every byte of the prompt is a token.
"""

from pathlib import Path

import gguf
import numpy as np

_DIM, _LAYERS, _HEADS, _FEED, _CONTEXT = 64, 2, 4, 128, 8192
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
