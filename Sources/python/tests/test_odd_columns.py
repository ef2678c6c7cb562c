"""Columns of types that frames have and models have not, and frames that are not as one expects."""
import datetime
import decimal

import pytest

import pommel

np = pytest.importorskip("numpy")
pandas = pytest.importorskip("pandas")

D = decimal.Decimal
BEYOND = 2**53 + 1


def column(model, values):
    return model.predict(pandas.DataFrame({"x": values}))["z"].tolist()


def same(found, expected):
    return all(a == b or (a != a or a is None or a is pandas.NaT) and b is None for a, b in zip(found, expected)) and len(found) == len(expected)


@pytest.mark.parametrize("type, values, expected", [
    ("string", pandas.array([BEYOND, None], dtype="Int64"), [str(BEYOND), None]),
    ("double", pandas.array([True, None, False], dtype="boolean"), [1.0, None, 0.0]),
    ("boolean", pandas.array([True, None, False], dtype="boolean"), [True, None, False]),
    ("double", pandas.array([1.5, None], dtype="Float32"), [1.5, None]),
    ("double", pandas.array([200, None], dtype="UInt8"), [200, None]),
    ("double", [True, None, False], [1.0, None, 0.0]),
    ("double", pandas.Categorical([1.5, None, 2.5]), [1.5, None, 2.5]),
    ("string", pandas.Categorical([1, None, 2]), ["1", None, "2"]),
    ("string", pandas.array(["a", None, "日本"], dtype="string"), ["a", None, "日本"]),
    ("double", pandas.arrays.SparseArray([0.0, 1.0, 0.0]), [0.0, 1.0, 0.0]),
    ("string", [1, np.int64(3), 2.0, D("1.50"), b"by", "a", None, True], ["1", "3", "2", "1.5", "by", "a", None, "true"]),
    ("double", [D("1.5"), None, "2.5", np.float32(0.5)], [1.5, None, 2.5, 0.5]),
    ("double", np.array([1.5, np.nan], dtype="float16"), [1.5, None]),
    ("date", [datetime.date(2024, 2, 29), None], [pandas.Timestamp("2024-02-29"), None]),
    ("dateTime", [pandas.Timestamp("2024-02-29 10:00", tz="Europe/Berlin"), None], [pandas.Timestamp("2024-02-29 09:00"), None]),
    ("time", pandas.to_timedelta(["01:02:03", None]), [pandas.Timedelta("01:02:03"), None]),
])
def test_pandas(echo, type, values, expected):
    assert same(column(echo(type), values), expected)


@pytest.mark.parametrize("arrow, type, values, expected", [
    ("int64", "string", [BEYOND, None], [str(BEYOND), None]),
    ("bool_", "double", [True, None], [1.0, None]),
    ("string", "string", ["a", None], ["a", None]),
    ("date32", "date", [datetime.date(2024, 2, 29), None], [pandas.Timestamp("2024-02-29"), None]),
    ("decimal128(20, 2)", "double", [D("1.25"), None], [1.25, None]),
    ("decimal128(20, 2)", "string", [D("1.25"), D("-0.05")], ["1.25", "-0.05"]),
    ("timestamp('us', 'Europe/Berlin')", "dateTime", [datetime.datetime(2024, 1, 1), None], [pandas.Timestamp("2024-01-01"), None]),
    ("dictionary(pyarrow.int8(), pyarrow.string())", "string", ["a", None], ["a", None]),
])
def test_pandas_on_arrow(echo, arrow, type, values, expected):
    pyarrow = pytest.importorskip("pyarrow")
    kind = eval("pyarrow." + arrow + ("" if arrow.endswith(")") else "()"))
    values = pyarrow.array([v if v is None or not isinstance(v, datetime.datetime) else v.replace(tzinfo=datetime.timezone.utc) for v in values], type=kind)
    series = pandas.Series(pandas.arrays.ArrowExtensionArray(values))
    assert same(column(echo(type), series), expected)
    sliced = pandas.concat([series, series])[1:]
    assert same(column(echo(type), sliced), (expected + expected)[1:])


def test_shapes_of_frames(iris, echo):
    twice = pandas.DataFrame([[1.0, 2.0], [3.0, 4.0]], columns=["x", "x"])
    assert echo("double").predict(twice)["z"].tolist() == [1.0, 3.0]
    several = pandas.DataFrame([[1.0, 2.0]], columns=pandas.MultiIndex.from_tuples([("petal_length", "a"), ("petal_width", "b")]))
    with pytest.raises(ValueError, match="several levels"):
        iris.predict(several)
    assert iris.predict(pandas.DataFrame()).shape == (0, 4)
    assert iris.predict(pandas.DataFrame(index=[3, 3])).index.tolist() == [3, 3]
    with pytest.raises(TypeError, match="one record"):
        iris.predict(pandas.DataFrame({"petal_length": [1.0]})["petal_length"])


def test_lists_where_none_belong(iris, echo):
    for data in (pandas.DataFrame({"x": [[1.0], [2.0]]}), {"x": [1.0, 2.0]}):
        with pytest.raises(pommel.PommelError, match="list") as caught:
            echo("double").predict(data)
        assert caught.value.field == "x"
    pyarrow = pytest.importorskip("pyarrow")
    with pytest.raises(pommel.PommelError, match="lists"):
        echo("string").predict(pyarrow.table({"x": [["a"]]}))


@pytest.mark.parametrize("values, type, expected", [
    (np.ma.masked_array([1.0, 2.0], mask=[False, True]), "double", [1.0, None]),
    (np.array([b"a", b"b"]), "string", ["a", "b"]),
    (np.array([1, 2], dtype=">i4"), "integer", [1, 2]),
    (np.arange(6.0)[::-2], "double", [5.0, 3.0, 1.0]),
    (np.array(["2024-02", "NaT"], dtype="datetime64[M]"), "date", [datetime.date(2024, 2, 1), None]),
    (np.array(["2024-02-29T01:00"], dtype="datetime64[10m]"), "dateTime", [datetime.datetime(2024, 2, 29, 1)]),
    (np.array([3600, "NaT"], dtype="timedelta64[s]"), "time", [datetime.timedelta(hours=1), None]),
])
def test_arrays(echo, values, type, expected):
    assert same(echo(type).predict({"x": values})["z"].tolist(), expected)
    if not isinstance(values, np.ma.MaskedArray):
        assert same(echo(type).predict(values.reshape(-1, 1))["z"].tolist(), expected)


def test_dicts_of_columns(echo):
    pyarrow, polars = pytest.importorskip("pyarrow"), pytest.importorskip("polars")
    for values in (pandas.Series([1.0, None]), pyarrow.array([1.0, None]), pyarrow.chunked_array([[1.0], [None]]), polars.Series([1.0, None])):
        assert same(echo("double").predict({"x": values})["z"].tolist(), [1.0, None])
    with pytest.raises(TypeError, match="one value beside columns"):
        echo("double").predict({"x": np.array([1.0, 2.0]), "w": 3})
    with pytest.raises(ValueError, match="one dimension"):
        echo("double").predict({"x": np.zeros((2, 2))})
    with pytest.raises(ValueError, match="different lengths"):
        echo("double").predict({"x": np.zeros(2), "w": np.zeros(3)})


def test_polars_types(echo):
    polars = pytest.importorskip("polars")
    for values, kind, type, expected in [
        (["a", None, "b"], polars.Enum(["a", "b"]), "string", ["a", None, "b"]),
        ([D("1.25"), None], polars.Decimal(20, 2), "double", [1.25, None]),
        ([datetime.timedelta(hours=1), None], polars.Duration, "time", [datetime.time(1), None]),
        ([True, None], polars.Boolean, "double", [1.0, None]),
        ([None, None], polars.Null, "double", [None, None]),
    ]:
        frame = polars.DataFrame({"x": polars.Series(values, dtype=kind)})
        assert echo(type).predict(frame)["z"].to_list() == expected
        assert echo(type).predict(frame.lazy())["z"].to_list() == expected
    zoned = polars.DataFrame({"x": [datetime.datetime(2024, 1, 1)]}).with_columns(polars.col("x").dt.replace_time_zone("Europe/Berlin"))
    assert echo("dateTime").predict(zoned)["z"].to_list() == [datetime.datetime(2023, 12, 31, 23)]
    with pytest.raises(TypeError, match="one record"):
        echo("double").predict(polars.Series("x", [1.0]))


def test_arrow_tables(echo):
    pa = pytest.importorskip("pyarrow")
    strings, doubles = echo("string"), echo("double")
    gaps = pa.DictionaryArray.from_arrays(pa.array([0, None, 1, 2]), pa.array(["a", "b", None]))
    assert strings.predict(pa.table({"x": gaps}))["z"].to_pylist() == ["a", None, "b", None]
    chunks = pa.chunked_array([pa.array(["a", "b"]).dictionary_encode(), pa.array(["c", None]).dictionary_encode()])
    assert strings.predict(pa.table({"x": chunks}))["z"].to_pylist() == ["a", "b", "c", None]
    assert doubles.predict(pa.Table.from_arrays([pa.array([1.0]), pa.array([2.0])], names=["x", "x"]))["z"].to_pylist() == [1.0]
    assert doubles.predict(pa.array([{"x": 1.0}, None]))["z"].to_pylist() == [1.0, None]
    assert doubles.predict(pa.table({"x": pa.chunked_array([], type=pa.float64())})).num_rows == 0
    assert doubles.predict(pa.table({"x": pa.nulls(2)}))["z"].to_pylist() == [None, None]
    with pytest.raises(TypeError, match="no name"):
        doubles.predict(pa.array([1.0]))

    def fails():
        yield pa.record_batch({"x": [1.0]})
        raise RuntimeError("boom")

    reader = doubles.predict(pa.RecordBatchReader.from_batches(pa.schema([("x", pa.float64())]), fails()))
    with pytest.raises(Exception, match="boom"):
        reader.read_all()


def test_tables_in_windows(echo, monkeypatch):
    """Long tables go to the library piece by piece, and that is not to be seen."""
    from pommel import _predict

    pa, polars = pytest.importorskip("pyarrow"), pytest.importorskip("polars")
    monkeypatch.setattr(_predict, "WINDOW", 1000)
    values = [str(i % 7) if i % 5 else None for i in range(3500)]
    model = echo("string")
    assert same(model.predict({"x": np.array(values, dtype=object)})["z"].tolist(), values)
    assert same(column(model, values), values)
    assert model.predict(pa.table({"x": values}))["z"].to_pylist() == values
    assert model.predict(polars.DataFrame({"x": values}))["z"].to_list() == values
    values[2345] = "bad"
    values = [value or "1" for value in values]
    for data in (np.array(values, dtype=object), pandas.DataFrame({"x": values}), pa.table({"x": values}), polars.DataFrame({"x": values})):
        with pytest.raises(pommel.PommelError, match="row 2345") as caught:
            echo("double").predict(data)
        assert caught.value.row == 2345


def test_arrays_by_rows(fixtures):
    """Cells of rows that lie side by side are the same as cells of columns that do."""
    model = pommel.load(fixtures / "cases" / "xgboost-cancer" / "model.pmml")
    names = [field.name for field in model.inputs if field.required]
    rows = np.random.default_rng(3).normal(size=(10_000, len(names))) * 20
    wanted = model.predict({name: np.ascontiguousarray(rows[:, i]) for i, name in enumerate(names)})
    for found in (model.predict(rows), model.predict(np.asfortranarray(rows)), model.predict(pandas.DataFrame(rows, columns=names))):
        for name in wanted:
            assert (np.asarray(found[name]) == wanted[name]).all()


def test_long_texts(tmp_path):
    """4 MB of texts for a row, and more than a batch may hold for all: none fails for the rows beside it."""
    levels = 11
    reference = lambda level: f'<FieldRef field="{f"d{level}" if level else "c"}"/>'
    fields = "".join(
        f'<DerivedField name="d{level}" optype="categorical" dataType="string"><Apply function="concat">{reference(level - 1) * 2}</Apply></DerivedField>'
        for level in range(1, levels + 1))
    path = tmp_path / "m.pmml"
    path.write_text(f"""<PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="c" optype="categorical" dataType="string"/>
        <DataField name="y" optype="continuous" dataType="double"/></DataDictionary><RegressionModel functionName="regression"><MiningSchema><MiningField name="c"/>
        <MiningField name="y" usageType="target"/></MiningSchema><Output><OutputField name="length" optype="continuous" dataType="integer" feature="transformedValue">
        <Apply function="stringLength">{reference(levels)}</Apply></OutputField></Output><LocalTransformations>{fields}</LocalTransformations><RegressionTable intercept="0"/></RegressionModel></PMML>""")
    words = ["a" * (1_000 + row) for row in range(80)]
    found = pommel.load(path).predict(pandas.DataFrame({"c": words}))["length"].tolist()
    assert found == [len(word) << levels for word in words]
