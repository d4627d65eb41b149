"""Turning a lesson's structure and words into the value of its StreamField.

Block ids are made from keys (uuid5), never at random: a changed id would lose its translations,
the reader's place, and the anchors in links.
"""

import json
import uuid
from typing import Any

from content.markup import to_html
from content.models import Protocol, Question

from .library import LibraryError

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://quaymark.invalid/blocks")


def block_id(*keys: str) -> str:
    """The id of the block with that path of keys, the same on every machine."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(keys)))


def lesson_body(module: str, lesson: dict[str, Any], words: dict[str, Any], language: str) -> str:
    """The JSON of a lesson's body. Raise LibraryError where a block has no words."""
    blocks = []
    for block in lesson["blocks"]:
        path = (module, lesson["key"], block["id"])
        try:
            value = _value(block, words["blocks"].get(block["id"]), path)
        except (KeyError, TypeError, AttributeError) as error:
            place = f"{language}/modules/{module}/{lesson['key']}.yaml"
            raise LibraryError(f"{place}: block {block['id']} lacks {error}.") from error
        blocks.append({"id": block_id(*path), "type": block["type"], "value": value})
    return json.dumps(blocks, ensure_ascii=False)


def objectives_body(module: str, objectives: dict[str, Any]) -> str:
    """The JSON of a module's list of objectives."""
    return json.dumps(
        [
            {"id": block_id(module, "objectives", key), "type": "objective", "value": objective.pk}
            for key, objective in objectives.items()
        ]
    )


def _value(block: dict[str, Any], words: Any, path: tuple[str, ...]) -> Any:
    match block["type"]:
        case "heading":
            return str(words).strip()
        case "text":
            return to_html(words)
        case "callout":
            return {"tone": block["tone"], "heading": words["heading"], "text": to_html(words["text"])}
        case "figure":
            return {
                "figure": block["figure"],
                "caption": words["caption"],
                "description": words["description"].strip(),
            }
        case "checklist":
            points = [(key, words["points"][key]) for key in block["points"]]
            return {"heading": words["heading"], "points": _list(path, points)}
        case "steps":
            points = [
                (key, {"title": words["points"][key]["title"], "text": words["points"][key]["text"].strip()})
                for key in block["points"]
            ]
            return {"heading": words["heading"], "points": _list(path, points)}
        case "question":
            return Question.objects.get(key=block["question"]).pk
        case "protocol":
            return Protocol.objects.get(key=block["protocol"]).pk
        case unknown:
            raise LibraryError(f"{'/'.join(path)}: there is no block of type {unknown}.")


def _list(path: tuple[str, ...], points: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": "item", "id": block_id(*path, key), "value": value} for key, value in points]
