"""What the neural engines share: a session on one core, a phonemiser, portions that fit memory, PCM.

Imports numpy and onnxruntime.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as state

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Sound = np.ndarray[tuple[int], np.dtype[np.float32]]

PHONEMISING = threading.Lock()
"""eSpeak, inside Piper, has one current voice for the whole process."""

BROKEN = (
    state.EPFail,
    state.Fail,
    state.InvalidArgument,
    state.InvalidGraph,
    state.InvalidProtobuf,
    state.NotImplemented,
    state.RuntimeException,
)
"""What onnxruntime raises for a file that is no model, or none that it can run."""

_CLAUSE_ENDS = frozenset(",;:—")


_IDLE = """
AttentionFusion Avx2WeightS8ToU8Transformer AvxWeightS8ToU8Transformer BiasDropoutFusion BiasGeluFusion
BiasSkipLayerNormFusion BiasSoftmaxFusion CommonSubexpressionElimination ConcatSliceElimination ConstantFolding
ConstantSharing ConvAddActivationFusion DQMatMulNBitsFusion DoubleQDQPairsRemover DynamicQuantizeMatMulFusion
EmbedLayerNormFusion EnsureUniqueDQForNodeUnit FastGeluFusion GatherSliceToSplitFusion GatherToSliceFusion
GeluFusionL1 GeluFusionL2 GemmActivationFusion GqaValueLayoutTransformer GroupQueryAttentionFusion
GroupQueryAttentionPreNormFusion IsInfReduceSumFusion LayerNormFusionL1 LayerNormFusionL2 Level1_RuleBasedTransformer
Level2_RuleBasedTransformer MatMulActivationFusion MatMulAddFusion MatMulIntegerToFloatFusion MatMulNBitsFusion
MatMulNBitsMlpFusion MatMulNBitsQkvFusion MatMulScaleFusion MatMul_BatchNormalization_Fusion MatMul_BiasAdd_Fusion
MatmulTransposeFusion NhwcTransformer Pad_Fusion QDQFinalCleanupTransformer QDQPropagationTransformer
QDQS8ToU8Transformer QDQSelectorActionTransformer QuickGeluFusion ReshapeFusion SimplifiedLayerNormFusion
SkipLayerNormFusion SliceConcatToSpaceToDepthFusion SwiGluFusion TransposeOptimizer WeightBiasQuantization WhereDummyDq
"""
"""Optimisers of ONNX Runtime that make a VITS model no faster; each walks over its 2,800 nodes to find that out."""


def session_of(model: bytes, *, blocks: bool = False) -> onnxruntime.InferenceSession:
    """A model made ready to run on one core. Raises one of `BROKEN`.

    Convolutions over planes read channels in `blocks`, where the processor has kernels for that: `planes` is for them.
    """
    options = onnxruntime.SessionOptions()
    # The default costs 1.6 times the CPU and is slower: several utterances at once use the cores better.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4  # it warns whoever exported the model; its errors are raised as well
    levels = onnxruntime.GraphOptimizationLevel
    # "All" has the blocks. Without them it loads in one and a half times the time of "basic", and speaks no faster.
    options.graph_optimization_level = levels.ORT_ENABLE_ALL if blocks else levels.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=_IDLE.split() if blocks else None
    )


def cut(phonemes: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    """Cut a sentence that is too long for a model between words, after a clause where there is one in the second half.

    >>> [len(part) for part in cut((["a"] * 9 + [" "]) * 50, 400)]
    [400, 100]
    """
    while len(phonemes) > most:
        spaces = [at for at in range(most // 2, most) if phonemes[at] == " "]
        clauses = [at for at in spaces if phonemes[at - 1] in _CLAUSE_ENDS]
        end = (clauses or spaces or [most - 1])[-1] + 1
        yield phonemes[:end]
        phonemes = phonemes[end:]
    if phonemes:
        yield phonemes


def pcm_of(sounds: Sequence[Sound]) -> bytes:
    """Sounds, 1.0 being full scale, one after the other as 16-bit PCM."""
    if not sounds:
        return b""
    return (np.clip(np.concatenate(sounds), -1.0, 1.0) * 32_767).astype("<i2").tobytes()
