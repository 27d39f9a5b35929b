"""config.example.toml: it loads, says every default, names every key, and every example in it can be used."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin

import docx
import pytest
from pydantic import BaseModel

from kommunecheck.app import set_up
from kommunecheck.config import FILE_NAME, Config, Parameters, as_config, open_config, read_law
from kommunecheck.domain.days import day_of
from kommunecheck.nightly.baseline import written
from kommunecheck.nightly.compare import Known
from kommunecheck.plugins.host import load
from kommunecheck.plugins.sagsbehandling.settings import Settings
from kommunecheck.plugins.sagsbehandling.texts import TEXTS

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
COMMENTED_OUT = re.compile(r"^#(?=[a-z\[])", re.MULTILINE)
"""The sign before an example; an explanation has a blank after it."""


SECTIONS = load().settings
"""Those of the plugins that come with kommunecheck, and are in it too."""
DEFAULTS = as_config("", {}, SECTIONS)


def read_config(path: Path) -> Config:
    return as_config(path.name, open_config(path), SECTIONS)


def with_every_example() -> str:
    return COMMENTED_OUT.sub("", EXAMPLE.read_text(encoding="utf-8"))


def section_in(annotation: Any) -> type[BaseModel] | None:
    """The section a key holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := section_in(one)) is not None), None)


def keys_of(section: type[BaseModel], within: str = "") -> Iterator[str]:
    """Every key the section accepts, with the sections it stands in before it."""
    for name, field in section.model_fields.items():
        key = within + (field.alias or name)
        yield key
        inner = section_in(field.annotation)
        if inner is not None and get_origin(field.annotation) is not dict:  # whose keys are the user's own
            yield from keys_of(inner, key + ".")


def keys_in(given: dict[str, Any], within: str = "") -> Iterator[str]:
    """Every key that is written, in the same form."""
    for name, value in given.items():
        yield within + name
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from keys_in(inner, within + name + ".")


def test_as_it_stands_it_says_nothing_but_the_defaults():
    assert read_config(EXAMPLE).model_dump() == DEFAULTS.model_dump()


NAMED_BY_THE_MUNICIPALITY = "sagsbehandling.deadlines."
"""Where a key of its own stands before ours."""


@pytest.mark.parametrize(
    "key", [key for key in keys_of(type(DEFAULTS)) if not key.startswith(NAMED_BY_THE_MUNICIPALITY)]
)
def test_it_names_every_key(key):
    assert key in set(keys_in(tomllib.loads(with_every_example())))


def test_every_example_in_it_can_be_used(tmp_path):
    """As far as can be told before a file is opened: keys, values, codes, rates, the secret key, what is known."""
    (tmp_path / FILE_NAME).write_text(with_every_example(), encoding="utf-8")
    config = as_config(FILE_NAME, open_config(tmp_path / FILE_NAME), load().settings)
    (tmp_path / config.privacy.key_file).write_text("seksten tegn eller flere", encoding="utf-8")
    (tmp_path / config.baseline.file).write_bytes(written(Known(())))
    docx.Document().save(str(tmp_path / config.report.word_template))
    assert set_up(tmp_path).config.model_dump() == config.model_dump()


def test_the_keys_of_the_supervision_of_casework_are_in_it_with_their_defaults():
    stands = tomllib.loads(with_every_example())["sagsbehandling"]
    assert set(stands) == set(Settings.model_fields)
    assert {one.name: one.value for one in TEXTS.parameters} == {one.name: stands[one.name] for one in TEXTS.parameters}


@pytest.mark.parametrize("name", [name for name in Parameters.model_fields if name != "refund_rates"])
def test_the_numbers_of_the_law_in_it_are_ours(name):
    stands = tomllib.loads(with_every_example())["parameters"][name]
    assert read_law().number(name) == (day_of(stands) if isinstance(stands, date) else stands)
