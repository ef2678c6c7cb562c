"""Tables of every kind."""
import datetime

import pytest

import pommel

np = pytest.importorskip("numpy")


def columns(rows):
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def check(result, expected):
    """Compares columns, whatever holds them, with rows."""
    for name in expected[0]:
        assert list(result[name]) == [row[name] for row in expected], name


def test_numpy(iris, rows, expected):
    arrays = columns(rows)
    check(iris.predict(arrays), expected)
    table = np.column_stack([arrays["petal_length"], arrays["petal_width"]])
    for variant in (table, table.astype("float32"), np.asfortranarray(table), table[::1], table.astype(">f8")):
        check(iris.predict(variant), expected)
    check(iris.predict(np.column_stack([table, table])[:, 2:]), expected)
    structured = np.array(list(zip(arrays["petal_width"], arrays["petal_length"])), dtype=[("petal_width", "f8"), ("petal_length", "f4")])
    check(iris.predict(structured), expected)
    with pytest.raises(ValueError, match="2 columns"):
        iris.predict(table[:, :1])


def test_numbers_are_not_copied(iris):
    # What the library is given is the array's own memory.
    from pommel._columns import Table

    array = np.arange(5.0)
    table = Table(5)
    table.add("petal_length", array)
    assert table.complete().array.children[0].contents.buffers[1] == array.ctypes.data


def test_pandas(iris, rows, expected):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(rows, index=[f"r{i}" for i in range(len(rows))])
    result = iris.predict(frame)
    assert list(result.index) == list(frame.index) and list(result.columns) == list(expected[0])
    check(result, expected)
    for kind in ("float32", "Float64", "object", "string", "category"):
        check(iris.predict(frame.astype(kind)), expected)
    assert iris.predict(frame.iloc[:0]).shape == (0, 4)
    assert iris.predict(frame.iloc[0]) == expected[0]
    # A frame without the model's columns has rows all the same.
    assert iris.predict(frame[["sepal_width"]])["species"].isna().all()


def test_pandas_missing(iris):
    pandas = pytest.importorskip("pandas")
    for gap in (None, np.nan, pandas.NA):
        frame = pandas.DataFrame({"petal_length": pandas.Series([1.4, gap], dtype=object), "petal_width": [0.2, 0.2]})
        assert iris.predict(frame)["species"].isna().tolist() == [False, False]
        frame["petal_width"] = pandas.Series([0.2, gap], dtype=object)
        result = iris.predict(frame)
        assert result["species"].isna().tolist() == [False, True] and np.isnan(result["probability(setosa)"][1])


def test_pandas_types(echo):
    pandas = pytest.importorskip("pandas")
    days = pandas.to_datetime(["2024-02-29", None])
    assert echo("date", "ordinal").predict(pandas.DataFrame({"x": days}))["z"].tolist() == [pandas.Timestamp("2024-02-29"), pandas.NaT]
    moments = pandas.to_datetime(["2024-02-29 13:05:00.25"])
    assert echo("dateTime", "ordinal").predict(pandas.DataFrame({"x": moments}))["z"].tolist() == [pandas.Timestamp("2024-02-29 13:05:00.25")]
    zoned = pandas.DataFrame({"x": moments.tz_localize("Europe/Berlin")})
    assert echo("dateTime", "ordinal").predict(zoned)["z"].tolist() == [pandas.Timestamp("2024-02-29 12:05:00.25")]
    assert echo("boolean", "categorical").predict(pandas.DataFrame({"x": [True, False]}))["z"].tolist() == [True, False]
    assert echo("boolean", "categorical").predict(pandas.DataFrame({"x": [True, None]}))["z"].tolist() == [True, None]
    assert echo("integer").predict(pandas.DataFrame({"x": [1, 2]}))["z"].dtype == "int64"
    nullable = pandas.DataFrame({"x": pandas.array([1, None], dtype="Int64")})
    assert echo("integer").predict(nullable)["z"].isna().tolist() == [False, True]
    texts = pandas.DataFrame({"x": ["a", None, "日本"]})
    assert echo("string", "categorical").predict(texts)["z"].tolist()[::2] == ["a", "日本"]
    assert echo("string", "categorical").predict(texts.astype("category"))["z"].isna().tolist() == [False, True, False]


def test_polars(iris, rows, expected, echo):
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(rows)
    result = iris.predict(frame)
    assert isinstance(result, polars.DataFrame)
    check(result, expected)
    check(iris.predict(polars.concat([frame[:3], frame[3:]], rechunk=False)), expected)
    check(iris.predict(frame.cast(polars.String)), expected)
    assert iris.predict(frame[:0]).shape == (0, 4)
    assert iris.predict(polars.DataFrame({"other": [1, 2]})).height == 2
    strings = echo("string", "categorical")
    values = ["a", None, "a text of more than twelve bytes", "日本"]
    for kind in (polars.String, polars.Categorical):
        assert strings.predict(polars.DataFrame({"x": polars.Series(values, dtype=kind)}))["z"].to_list() == values
    day = datetime.date(2024, 2, 29)
    assert echo("date", "ordinal").predict(polars.DataFrame({"x": [day, None]}))["z"].to_list() == [day, None]


def test_pyarrow(iris, rows, expected):
    pa = pytest.importorskip("pyarrow")
    table = pa.Table.from_pylist(rows)
    result = iris.predict(table)
    assert isinstance(result, pa.Table) and result.to_pylist() == expected
    result.validate(full=True)
    # Chunks that begin in the midst of their arrays.
    chunked = pa.concat_tables([table.slice(1, 3), table.slice(4, 0), table.slice(4, 5)])
    found = iris.predict(chunked)
    found.validate(full=True)
    assert found.to_pylist() == expected[1:9]
    batch = table.to_batches()[0].slice(2, 4)
    found = iris.predict(batch)
    assert isinstance(found, pa.RecordBatch) and found.to_pylist() == expected[2:6]
    reader = iris.predict(pa.RecordBatchReader.from_batches(chunked.schema, chunked.to_batches()))
    assert isinstance(reader, pa.RecordBatchReader) and reader.read_all().to_pylist() == expected[1:9]
    assert iris.predict(table.slice(0, 0)).num_rows == 0
    assert iris.predict(pa.table({"other": [1, 2, 3]})).num_rows == 3


@pytest.mark.parametrize("type, optype, arrow, values", [
    ("double", "continuous", "float64", [1.5, None, -2.0]),
    ("float", "continuous", "float32", [1.5, None, -2.0]),
    ("integer", "continuous", "int64", [1, None, -2]),
    ("boolean", "categorical", "bool_", [True, None, False] * 5),
    ("string", "categorical", "string", ["a", None, "", "日本"]),
    ("date", "ordinal", "date32", [datetime.date(2024, 2, 29), None, datetime.date(1900, 1, 1)]),
    ("dateTime", "ordinal", "timestamp:us", [datetime.datetime(2024, 2, 29, 13, 5, 0, 250000), None]),
    ("time", "ordinal", "time64:us", [datetime.time(13, 5, 1), None]),
])
def test_pyarrow_types(echo, type, optype, arrow, values):
    pa = pytest.importorskip("pyarrow")
    name, _, unit = arrow.partition(":")
    kind = getattr(pa, name)(unit) if unit else getattr(pa, name)()
    column = pa.array(values, type=kind)
    result = echo(type, optype).predict(pa.table({"x": column}))
    result.validate(full=True)
    assert result["z"].type == kind and result["z"].to_pylist() == values
    sliced = echo(type, optype).predict(pa.table({"x": column[1:]}))
    assert sliced["z"].to_pylist() == values[1:]
    if pa.types.is_string(kind):
        for other in (column.dictionary_encode(), column.cast(pa.large_string()), pa.array(values, type=pa.string_view())):
            assert echo(type, optype).predict(pa.table({"x": other}))["z"].to_pylist() == values


def test_pyarrow_lists(fixtures):
    pa = pytest.importorskip("pyarrow")
    model = pommel.load(fixtures / "cases" / "association-features" / "model.pmml")
    items = pa.array([["bread"], None, ["bread", "butter"]])
    for column in (items, items.cast(pa.large_list(pa.string()))):
        result = model.predict(pa.table({"item": column[:1]}))
        result.validate(full=True)
        assert result["o_antecedent"].to_pylist() == [["bread"]]
        assert model.predict(pa.table({"item": column[2:]}))["o_rule"].to_pylist() == ["{bread, butter}->{jam}"]
    frame = pytest.importorskip("pandas").DataFrame({"item": [["bread"], ["bread", "butter"]]})
    assert model.predict(frame)["o_antecedent"].tolist() == [["bread"], ["bread", "butter"]]


def test_errors(iris):
    pa = pytest.importorskip("pyarrow")
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    bad = {"petal_length": ["1.4", "1.4", "long"], "petal_width": [0.2, 0.2, 0.2]}
    chunked = pa.concat_tables([pa.table(bad).slice(0, 1), pa.table(bad).slice(1, 2)])
    for data in (pandas.DataFrame(bad), polars.DataFrame(bad), pa.table(bad), chunked, pa.table(bad).to_batches()[0]):
        with pytest.raises(pommel.PommelError) as caught:
            iris.predict(data)
        assert (caught.value.row, caught.value.field, caught.value.value) == (2, "petal_length", "long")
        result = iris.predict(data, errors="missing")
        assert len(result.columns if hasattr(result, "column_names") else list(result.columns)) == 4
        found = iris.predict(data, errors="column")["error"]
        found = found.to_pylist() if hasattr(found, "to_pylist") else list(found)
        assert "petal_length" in found[2] and not isinstance(found[0], str)


def test_column_of_another_type(iris):
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"petal_length": [b"x"], "petal_width": [1.0], "other": [{"a": 1}]})
    with pytest.raises(pommel.PommelError) as caught:
        iris.predict(table)
    assert caught.value.code == "arrow-type" and caught.value.field == "petal_length"
    with pytest.raises(TypeError):
        iris.predict(7)


def test_threads_give_the_same(fixtures):
    model = pommel.load(fixtures / "cases" / "xgboost-cancer" / "model.pmml")
    names = [field.name for field in model.inputs if field.required]
    table = np.random.default_rng(2).normal(size=(50_000, len(names))) * 20
    one, many = model.predict(table, threads=1), model.predict(table, threads=7)
    for name in one:
        assert (one[name] == many[name]).all()
    rows = model.predict([dict(zip(names, row)) for row in table[:200].tolist()])
    for name in one:
        assert list(one[name][:200]) == [row[name] for row in rows]


def test_rows_that_depend_on_those_before(fixtures):
    pa = pytest.importorskip("pyarrow")
    model = pommel.load(fixtures / "cases" / "lag-1" / "model.pmml")
    assert model.describe()["stateful"]
    import csv

    with open(fixtures / "cases" / "lag-1" / "input.csv", encoding="utf-8") as file:
        read = list(csv.DictReader(file))
    table = pa.table({name: [row[name] or None for row in read] for name in read[0]})
    whole = model.predict(table).to_pylist()
    parts = pa.concat_tables([table.slice(0, 2), table.slice(2)])
    assert model.predict(parts).to_pylist() == whole
    # Nothing is remembered from call to call.
    assert model.predict(table).to_pylist() == whole


def test_case_of_every_kind(fixtures):
    """The same results through a frame as through single records."""
    pa = pytest.importorskip("pyarrow")
    import csv

    for case in ("sklearn-mixed-logistic", "tree-set-strings", "composed-type-date", "neural-softmax", "naive-bayes-counts"):
        folder = fixtures / "cases" / case
        model = pommel.load(folder / "model.pmml")
        with open(folder / "input.csv", encoding="utf-8") as file:
            read = [{name: value if value not in ("", "NA") else None for name, value in row.items()} for row in csv.DictReader(file)]
        table = pa.table({name: pa.array([row[name] for row in read], type=pa.string()) for name in read[0]})
        whole = model.predict(table, errors="missing")
        rows = model.predict(read, errors="missing")
        for name in whole.column_names:
            if not pa.types.is_temporal(whole[name].type) and not pa.types.is_float32(whole[name].type):
                assert whole[name].to_pylist() == [row[name] for row in rows], (case, name)
