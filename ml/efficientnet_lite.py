"""The architecture of EfficientNet-Lite2, for the export only: this module imports torch.

Written after "EfficientNet-Lite" (TensorFlow TPU models, Apache-2.0): EfficientNet without
squeeze-and-excite, ReLU6 for swish, stem and head not scaled. The parameter names are
those of the published weight file. Padding is TensorFlow's "same": where a stride makes
it uneven, the extra row goes to the bottom and right; so it is worked out for one size.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

BATCH_NORM_EPSILON = 1e-3
STEM_CHANNELS = 32
HEAD_CHANNELS = 1280


class Stage(NamedTuple):
    kernel: int
    repeats: int
    channels: int
    stride: int
    expansion: int


# Widths are EfficientNet's times 1.1, depths times 1.2 except in the first and last stage.
LITE2_STAGES = (
    Stage(kernel=3, repeats=1, channels=16, stride=1, expansion=1),
    Stage(kernel=3, repeats=3, channels=24, stride=2, expansion=6),
    Stage(kernel=5, repeats=3, channels=48, stride=2, expansion=6),
    Stage(kernel=3, repeats=4, channels=88, stride=2, expansion=6),
    Stage(kernel=5, repeats=4, channels=120, stride=1, expansion=6),
    Stage(kernel=5, repeats=5, channels=208, stride=2, expansion=6),
    Stage(kernel=3, repeats=1, channels=352, stride=1, expansion=6),
)


# The stages whose last block is pooled beside the embedding: 120 and 208 channels, a
# sixteenth and a thirty-second of the picture's side.
MIDDLE_STAGES = (4, 5)


class SameConv(nn.Conv2d):
    """A convolution with TensorFlow's "same" padding for square input of one size."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int, *, size: int, stride: int = 1, groups: int = 1
    ) -> None:
        super().__init__(inputs, outputs, kernel, stride, groups=groups, bias=False)
        self.output_size = -(-size // stride)
        total = max((self.output_size - 1) * stride + kernel - size, 0)
        before, after = total // 2, total - total // 2
        self.borders = (before, after, before, after)

    def forward(self, images: Tensor) -> Tensor:
        return super().forward(functional.pad(images, self.borders))


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=BATCH_NORM_EPSILON)


class Block(nn.Module):
    """Expand, filter each channel, project; with a shortcut where the shape allows it."""

    def __init__(self, inputs: int, stage: Stage, *, stride: int, size: int) -> None:
        super().__init__()
        wide = inputs * stage.expansion
        self.expands = stage.expansion != 1
        self.shortcut = stride == 1 and inputs == stage.channels
        if self.expands:
            self._expand_conv = nn.Conv2d(inputs, wide, 1, bias=False)
            self._bn0 = _norm(wide)
        self._depthwise_conv = SameConv(wide, wide, stage.kernel, size=size, stride=stride, groups=wide)
        self._bn1 = _norm(wide)
        self._project_conv = nn.Conv2d(wide, stage.channels, 1, bias=False)
        self._bn2 = _norm(stage.channels)
        self.output_size = self._depthwise_conv.output_size

    def forward(self, images: Tensor) -> Tensor:
        seen = images
        if self.expands:
            seen = functional.relu6(self._bn0(self._expand_conv(seen)))
        seen = functional.relu6(self._bn1(self._depthwise_conv(seen)))
        seen = self._bn2(self._project_conv(seen))
        return seen + images if self.shortcut else seen


class EfficientNetLite(nn.Module):
    """Images (n, 3, size, size) to embedding (n, 1280), logits (n, 1000) and middle (n, 656)."""

    def __init__(
        self, stages: tuple[Stage, ...] = LITE2_STAGES, *, image_size: int = 260, classes: int = 1000
    ) -> None:
        super().__init__()
        self._conv_stem = SameConv(3, STEM_CHANNELS, 3, size=image_size, stride=2)
        self._bn0 = _norm(STEM_CHANNELS)
        size, channels = self._conv_stem.output_size, STEM_CHANNELS
        blocks: list[Block] = []
        ends: list[int] = []
        for stage in stages:
            for repeat in range(stage.repeats):
                stride = stage.stride if repeat == 0 else 1
                blocks.append(Block(channels, stage, stride=stride, size=size))
                size, channels = blocks[-1].output_size, stage.channels
            ends.append(len(blocks) - 1)
        self.pooled_blocks = tuple(ends[number] for number in MIDDLE_STAGES)
        self._blocks = nn.Sequential(*blocks)
        self._conv_head = nn.Conv2d(channels, HEAD_CHANNELS, 1, bias=False)
        self._bn1 = _norm(HEAD_CHANNELS)
        self._fc = nn.Linear(HEAD_CHANNELS, classes)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        seen = functional.relu6(self._bn0(self._conv_stem(images)))
        middle: list[Tensor] = []
        for number, block in enumerate(self._blocks):
            seen = block(seen)
            if number in self.pooled_blocks:
                middle.extend(mean_and_deviation(seen))
        seen = functional.relu6(self._bn1(self._conv_head(seen)))
        embedding = torch.mean(seen, dim=(2, 3))
        return embedding, self._fc(embedding), torch.cat(middle, dim=1)


def mean_and_deviation(seen: Tensor) -> tuple[Tensor, Tensor]:
    """Maps (n, channels, height, width) to two (n, channels), over the picture."""
    mean = torch.mean(seen, dim=(2, 3))
    variance = torch.mean((seen - mean[:, :, None, None]) ** 2, dim=(2, 3))
    return mean, torch.sqrt(variance + 1e-12)
