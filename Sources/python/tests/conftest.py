import os
import pathlib

import pytest

import pommel

#: Where the fixtures of the repository lie.
FIXTURES = pathlib.Path(os.environ.get("POMMEL_FIXTURES") or pathlib.Path(__file__).resolve().parents[3] / "fixtures")


@pytest.fixture(scope="session")
def fixtures():
    return FIXTURES


@pytest.fixture(scope="session")
def iris():
    """A decision tree over two floats; what it gives is told by its own test table, which scikit-learn made."""
    return pommel.load(FIXTURES / "hello" / "model.pmml")


@pytest.fixture(scope="session")
def rows():
    """The test table's rows as dicts of numbers."""
    import csv

    with open(FIXTURES / "hello" / "input.csv", encoding="utf-8") as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


@pytest.fixture(scope="session")
def expected():
    """What scikit-learn gave for them."""
    import csv

    with open(FIXTURES / "hello" / "expected.csv", encoding="utf-8") as file:
        return [{name: value if name == "species" else float(value) for name, value in row.items()} for row in csv.DictReader(file)]


#: A model that gives its one field back as it was prepared.
ECHO = """<PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary>
<DataField name="x" optype="{optype}" dataType="{type}"/><DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
<RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
<Output><OutputField name="z" feature="transformedValue" optype="{optype}" dataType="{type}"><FieldRef field="x"/></OutputField></Output>
<RegressionTable intercept="0"/></RegressionModel></PMML>"""


@pytest.fixture(scope="session")
def echo():
    usual = {"string": "categorical", "boolean": "categorical", "date": "ordinal", "time": "ordinal", "dateTime": "ordinal"}

    def make(type, optype=None):
        optype = optype or usual.get(type, "continuous")
        return pommel.load(ECHO.format(type=type, optype=optype).encode()).select("z")

    return make
