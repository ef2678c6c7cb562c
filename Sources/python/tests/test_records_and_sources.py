"""What a record's values may be, and what a model may be opened from."""
import collections
import copy
import datetime
import decimal
import fractions
import io
import mmap
import pickle
import signal
import subprocess
import sys
import threading
import time
import types

import pytest

import pommel


@pytest.mark.parametrize("type, value, expected", [
    ("string", b"by", "by"),
    ("string", 1.0, "1"),
    ("double", b"2.5", 2.5),
    ("double", True, 1.0),
    ("double", fractions.Fraction(1, 2), 0.5),
    ("double", decimal.Decimal("1.5"), 1.5),
    ("integer", 1.5, 2),
    ("integer", -1.5, -2),
    ("boolean", 1, True),
    ("date", datetime.datetime(2024, 2, 29), "2024-02-29"),
    ("dateTime", datetime.datetime(2024, 2, 29, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=1))), "2024-02-29T09:00:00"),
    ("time", datetime.timedelta(hours=1, minutes=2), "01:02:00"),
])
def test_values(echo, type, value, expected):
    found = echo(type).predict({"x": value})["z"]
    assert found == expected and found.__class__ is expected.__class__


def test_numpy_scalars(echo):
    np = pytest.importorskip("numpy")
    for type, value, expected in [
        ("string", np.int64(3), "3"), ("string", np.str_("a"), "a"), ("string", np.bool_(True), "true"), ("double", np.float32(1.5), 1.5),
        ("double", np.array(2.5), 2.5), ("date", np.datetime64("2024-02-29"), "2024-02-29"), ("double", np.datetime64("NaT"), None),
        ("dateTime", np.datetime64("2024-02-29T10:00:00.5", "ns"), "2024-02-29T10:00:00.5"), ("time", np.timedelta64(3600, "s"), "01:00:00"),
        ("time", np.timedelta64(3600 * 10**9, "ns"), "01:00:00"),
    ]:
        assert echo(type).predict({"x": value})["z"] == expected


def test_kinds_of_records(iris, rows, expected):
    wanted = expected[0]
    for record in (collections.OrderedDict(rows[0]), collections.ChainMap(rows[0]), types.MappingProxyType(rows[0]), {**rows[0], 1: 2, None: 3}):
        assert iris.predict(record) == wanted and iris.predict([record]) == [wanted]
    assert iris.predict(()) == []
    # Iterators are read when their results are asked for.
    seen = []
    results = iris.predict(seen.append(row) or row for row in rows)
    assert not seen and next(results) == wanted and len(seen) == 1
    assert list(results) == expected[1:]
    assert [row["species"] is None for row in iris.predict([{}, {"unknown": 1}, rows[0]])] == [True, True, False]
    for wrong in ([1.0], [rows[0], None], [[1.0, 2.0]]):
        with pytest.raises(TypeError, match=f"record {len(wrong) - 1}"):
            iris.predict(wrong)
    for wrong in (None, "x", object()):
        with pytest.raises(TypeError, match="predict takes"):
            iris.predict(wrong)


def test_threads_argument(iris):
    np = pytest.importorskip("numpy")
    table = np.ones((3, 2))
    with pytest.raises(ValueError, match="threads"):
        iris.predict(table, threads=-1)
    with pytest.raises(TypeError):
        iris.predict(table, threads="2")
    assert len(iris.predict(table, threads=10**6)["species"]) == 3


def test_reasons_are_the_same_in_records_and_tables(iris):
    np = pytest.importorskip("numpy")
    bad = {"petal_length": "long", "petal_width": "1"}
    alone = iris.predict(bad, errors="column")["error"]
    listed = iris.predict([bad], errors="column")[0]["error"]
    table = iris.predict({name: np.array([value]) for name, value in bad.items()}, errors="column")["error"][0]
    assert alone == listed == table == 'field "petal_length" = "long": not a number [not-a-number]'
    with pytest.raises(pommel.PommelError, match="^row 1: "):
        iris.predict([{}, bad])


def test_sources(fixtures, rows, expected):
    path = fixtures / "hello" / "model.pmml"
    content = path.read_bytes()
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        sources = [str(path), path, content, bytearray(content), memoryview(content), memoryview(bytearray(content))[:], io.BytesIO(content), file, mapped]
        for source in sources:
            assert pommel.load(source).predict(rows) == expected
    with open(path, "rb") as file, pytest.raises(pommel.PommelError) as caught:
        file.read(100)
        pommel.load(file)
    assert caught.value.file == str(path)
    with pytest.raises(ValueError, match="document and not a path"):
        pommel.load(content.decode())
    for wrong in (5, None, [content]):
        with pytest.raises(TypeError, match="load takes"):
            pommel.load(wrong)
    with open(path, encoding="utf-8") as file, pytest.raises(TypeError, match="rb"):
        pommel.load(file)
    for call in (lambda: pommel.load("a\0b"), lambda: pommel.convert(path, "a\0b"), lambda: pommel.validate("a\0b")):
        with pytest.raises(ValueError, match="zero byte"):
            call()


def test_copies(iris, rows, expected):
    for other in (copy.copy(iris), copy.deepcopy(iris), pickle.loads(pickle.dumps(iris, protocol=2))):
        assert other.predict(rows) == expected
    iris.describe().clear()
    iris.properties.clear()
    assert iris.predict(rows) == expected and iris.describe()["inputs"] and iris.properties
    for wrong in ((), (["species"],), (1,)):
        with pytest.raises(TypeError, match="names"):
            iris.select(*wrong)


def test_results_outlive_the_model(fixtures, rows, expected):
    import gc

    np = pytest.importorskip("numpy")
    model = pommel.load(fixtures / "hello" / "model.pmml")
    result = model.predict({name: np.array([row[name] for row in rows]) for name in rows[0]})
    column = result["probability(setosa)"][::2]
    del model, result
    gc.collect()
    assert column.tolist() == [row["probability(setosa)"] for row in expected][::2]


def test_end_of_the_process(fixtures):
    # Models, rows and results in globals, in cycles and in threads, taken down in whatever order.
    code = f"""
import threading, time, pommel
model = pommel.load({str(fixtures / 'hello' / 'model.pmml')!r})
class Holder: pass
holder = Holder(); holder.self = holder; holder.model = model.select("species"); holder.result = model.predict({{"petal_length": 1.0}})
def work():
    while True: model.predict({{"petal_length": 1.0, "petal_width": 1.0}})
threading.Thread(target=work, daemon=True).start()
time.sleep(0.05)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr


def test_interrupt(fixtures, monkeypatch):
    """Ctrl-C ends a long table after the piece that is under way."""
    np = pytest.importorskip("numpy")
    from pommel import _predict

    monkeypatch.setattr(_predict, "WINDOW", 1 << 14)
    model = pommel.load(fixtures / "cases" / "xgboost-cancer" / "model.pmml")
    table = np.ones((1 << 22, sum(field.required for field in model.inputs)), dtype="float32")
    timer = threading.Timer(0.2, signal.raise_signal, [signal.SIGINT])
    # Who starts processes in the background has them ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        timer.start()
        start = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            while time.monotonic() < start + 60:
                model.predict(table, threads=1)
    finally:
        signal.signal(signal.SIGINT, before)
    assert model.predict(table[:3])
