"""quizzes/quiz.schema.json, made from the same specs that read the quizzes."""

from __future__ import annotations

import json
from collections import Counter
from itertools import count
from typing import Any, Final

from course.content.quiz_format import QUIZ, QUIZ_FILE, USE
from course.questions import question_schema

_WORTH_SHARING: Final = 100
"""Characters; a shorter schema is repeated rather than named."""


def quiz_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a quiz file."""
    schema = QUIZ_FILE.json_schema()
    schema["properties"]["quiz"] = QUIZ.json_schema()
    schema["properties"]["questions"] = {"type": "array", "minItems": 1, "items": {"anyOf": [USE.json_schema(), question_schema()]}}
    shared = _Shared(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A quiz", **shared.schema(), "$defs": shared.definitions}


def quiz_schema_text() -> str:
    return json.dumps(quiz_schema(), indent=1, ensure_ascii=False) + "\n"


class _Shared:
    """Moves what a schema says more than once into `definitions`, named after the key under which it first stood."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.whole = schema
        self.names: dict[str, str] = {}
        self.definitions: dict[str, Any] = {}
        self.counts: Counter[str] = Counter()
        self._count(schema)

    def schema(self) -> dict[str, Any]:
        return {key: self._moved(value, key) for key, value in self.whole.items()}

    def _count(self, value: Any) -> None:
        for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            if isinstance(child, dict):
                self.counts[json.dumps(child, sort_keys=True)] += 1
            self._count(child)

    def _moved(self, value: Any, key: str) -> Any:
        if isinstance(value, list):
            return [self._moved(item, key) for item in value]
        if not isinstance(value, dict):
            return value
        text = json.dumps(value, sort_keys=True)
        if len(text) < _WORTH_SHARING or self.counts[text] < 2 or key == "properties":
            return {name: self._moved(child, name) for name, child in value.items()}
        if text not in self.names:
            free = (f"{key}{'-' + str(n) if n > 1 else ''}" for n in count(1))
            self.names[text] = name = next(n for n in free if n not in self.names.values())
            self.definitions[name] = {child: self._moved(inner, child) for child, inner in value.items()}
        return {"$ref": f"#/$defs/{self.names[text]}"}
