"""A specification checked by Vega-Lite's own JSON Schema, and the one error that tells most.

The schema is a tree of alternatives, so one wrong word fails in dozens of places. The way from
the root follows, at every fork, the alternative that fits best; what is reported is where it ends.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from backlist.extras.visualizations.charts.document import Path, Specification, spell
from backlist.problems import Problems, did_you_mean

Fault = Any
"""A `jsonschema.ValidationError`; the package is imported only where a chart is checked."""

_KINDS = {
    "layer": "TopLevelLayerSpec",
    "hconcat": "TopLevelHConcatSpec",
    "vconcat": "TopLevelVConcatSpec",
    "concat": "TopLevelConcatSpec",
    "repeat": "TopLevelRepeatSpec",
    "facet": "TopLevelFacetSpec",
}
_NOT_LITE = "vega.github.io/schema/vega/"
_WORDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "a group `{…}`",
    "array": "a list `[…]`",
    "null": "null",
}


def judge(specification: Specification, problems: Problems) -> bool:
    """Whether a specification is one of Vega-Lite; the error is reported otherwise."""
    data = specification.data
    if _NOT_LITE in str(data.get("$schema", "")):
        where = specification.where(("$schema",))
        problems.error(where, "is a specification of Vega, not Vega-Lite", "write it in Vega-Lite")
        return False
    if not {*_KINDS, "mark"} & data.keys():
        message = "has none of `mark`, `layer`, `facet`, `repeat`, `concat`, `hconcat`, `vconcat`"
        problems.error(specification.where(), message, 'say what to draw: "mark": "bar"')
        return False
    kind = next((_KINDS[key] for key in _KINDS if key in data), "TopLevelUnitSpec")
    fault = next(iter(_validator(kind).iter_errors(data)), None)
    if fault is None:
        return True
    _tell(_deepest(fault), specification, problems)
    return False


@cache
def _validator(kind: str) -> Any:
    import altair
    from jsonschema import Draft7Validator

    definitions = altair.load_schema()["definitions"]
    return Draft7Validator({"$ref": f"#/definitions/{kind}", "definitions": definitions})


def _deepest(fault: Fault) -> Fault:
    """The error at the end of the alternatives that fit best."""
    while fault.context:
        fault = max(_best_branch(fault), key=lambda each: len(each.absolute_path))
    return fault


def _best_branch(fault: Fault) -> list[Fault]:
    return min(_branches(fault), key=lambda branch: (sum(map(_weight, branch)), -_depth(branch)))


def _weight(fault: Fault) -> float:
    """How far a value is from what an alternative asks: another kind of value is farthest."""
    if fault.context:
        return min(sum(map(_weight, branch)) for branch in _branches(fault))
    if fault.validator == "additionalProperties":
        return float(len(_extras(fault)))
    return 1.5 if fault.validator == "type" else 1.0


def _branches(fault: Fault) -> Iterable[list[Fault]]:
    found: dict[Any, list[Fault]] = defaultdict(list)
    for each in fault.context or ():
        found[each.relative_schema_path[0]].append(each)
    return found.values()


def _depth(branch: Iterable[Fault]) -> int:
    return max(len(each.absolute_path) for each in branch)


def _extras(fault: Fault) -> list[str]:
    return [key for key in fault.instance if key not in fault.schema.get("properties", {})]


def _tell(fault: Fault, specification: Specification, problems: Problems) -> None:
    path: Path = tuple(fault.absolute_path)
    if fault.validator == "additionalProperties":
        key = _extras(fault)[0]
        path = (*path, key)
        message = f"unknown key `{spell(path)}`"
        hint = did_you_mean(key, fault.schema.get("properties", {}))
    elif fault.validator == "required":
        missing = next(key for key in fault.validator_value if key not in fault.instance)
        message, hint = f"`{spell((*path, missing))}` is missing", f'add "{missing}": …'
    else:
        message, hint = _misfit(fault, path)
    problems.error(specification.where(path), message, hint)


def _misfit(fault: Fault, path: Path) -> tuple[str, str]:
    """What is wrong with a value that is not what its place asks for, and what it could be."""
    rivals = list(_rivals(_root(fault), path))
    words = {word for rival in rivals for word in _words(rival)}
    said = json.dumps(fault.instance, ensure_ascii=False)
    said = said if len(said) < 80 else f"{said[:77]}…"
    if isinstance(fault.instance, str) and words:
        message = f"`{spell(path)}` is not one of the allowed words: {said}"
        return message, did_you_mean(fault.instance, words)
    kinds = dict.fromkeys(kind for rival in rivals for kind in _types(rival))
    message = f"`{spell(path)}` cannot be {said}"
    if kinds:
        return message, f"it can be {' or '.join(_WORDS.get(kind, kind) for kind in kinds)}"
    return message, fault.message


def _root(fault: Fault) -> Fault:
    while isinstance(fault.parent, type(fault)):
        fault = fault.parent
    return fault


def _rivals(fault: Fault, path: Path) -> Iterator[Fault]:
    """Every alternative that failed at the same place."""
    for each in fault.context or ():
        yield from _rivals(each, path)
    if not fault.context and tuple(fault.absolute_path) == path:
        yield fault


def _words(fault: Fault) -> Iterator[str]:
    given = {"enum": fault.validator_value, "const": [fault.validator_value]}
    yield from (word for word in given.get(str(fault.validator), ()) if isinstance(word, str))


def _types(fault: Fault) -> Iterator[str]:
    if fault.validator == "type":
        value = fault.validator_value
        yield from ([value] if isinstance(value, str) else value)
