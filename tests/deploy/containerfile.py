"""Reads a Containerfile: enough of the format for what stands in ours."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Stage:
    """One FROM, and what follows it."""

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, instruction: str) -> list[str]:
        return [arguments for name, arguments in self.steps if name == instruction]

    def last(self, instruction: str) -> str:
        return self.all(instruction)[-1]


INSTRUCTIONS = {"FROM", "ARG", "ENV", "WORKDIR", "RUN", "COPY", "USER", "EXPOSE"} | {
    "HEALTHCHECK",
    "VOLUME",
    "STOPSIGNAL",
    "CMD",
}


def read(path: Path) -> list[Stage]:
    """Its stages in order; ValueError for a line that is no instruction."""
    lines = [line for line in path.read_text().splitlines() if not line.lstrip().startswith("#")]
    text = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    stages: list[Stage] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        instruction, _, arguments = line.partition(" ")
        if instruction not in INSTRUCTIONS:
            raise ValueError(line)
        if instruction == "FROM":
            base, _, name = arguments.partition(" AS ")
            stages.append(Stage(base, name))
        else:
            stages[-1].steps.append((instruction, arguments))
    return stages


def words(arguments: str) -> list[str]:
    """The exec form of CMD and of a health check."""
    return json.loads(arguments[arguments.index("[") :])
