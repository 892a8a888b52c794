import textwrap

import pytest

from tests.factories import MunicipalityFactory, ProvinceFactory


@pytest.fixture
def folder(db, tmp_path):
    """A folder of content with one small municipality to point at; `write` fills it."""
    # The whole map of the country is not needed, and takes a second.
    province = ProvinceFactory(name="Zeeland", slug="zeeland")
    MunicipalityFactory(name="Reimerswaal", slug="reimerswaal", province=province)
    MunicipalityFactory(name="Tholen", slug="tholen", province=province)
    return tmp_path


@pytest.fixture
def write(folder):
    def write(name, text):
        path = folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    return write
