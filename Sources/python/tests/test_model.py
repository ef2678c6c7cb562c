"""Opening, describing, single records, errors."""
import concurrent.futures
import datetime
import gzip
import multiprocessing
import os
import pickle
import subprocess
import sys
import time

import pytest

import pommel


def test_schema(iris):
    assert [field.name for field in iris.inputs if field.required] == ["petal_length", "petal_width"]
    assert {field.name: field.type for field in iris.inputs}["petal_length"] == "float"
    assert [field.name for field in iris.outputs] == ["species", "probability(setosa)", "probability(versicolor)", "probability(virginica)"]
    assert iris.outputs[0].role == "target" and iris.outputs[2].feature == "probability" and iris.outputs[2].value == "versicolor"
    assert iris.properties["application"].startswith("SkLearn2PMML")
    assert "4 outputs" in repr(iris)


def test_record(iris, rows, expected):
    assert [iris.predict(row) for row in rows] == expected
    assert iris.predict(rows) == expected


@pytest.mark.parametrize("record", [
    {"petal_length": "4.7", "petal_width": "1.4"},
    {"petal_length": 4.7, "petal_width": 1.4, "unknown": object()},
    {"petal_width": 1.4, "petal_length": __import__("decimal").Decimal("4.7")},
])
def test_values_of_other_types(iris, record):
    assert iris.predict(record)["species"] == "versicolor"


@pytest.mark.parametrize("gap", [None, float("nan")])
def test_missing(iris, gap):
    # missingValueStrategy="nullPrediction"
    assert iris.predict({"petal_length": 1.0, "petal_width": gap})["species"] is None
    assert iris.predict({})["species"] is None


def test_error_has_fields(iris):
    with pytest.raises(pommel.PommelError) as caught:
        iris.predict({"petal_length": "long", "petal_width": 1})
    error = caught.value
    assert (error.code, error.field, error.value, error.line) == ("not-a-number", "petal_length", "long", None)
    assert "petal_length" in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.field, str(again)) == (error.code, error.field, str(error))
    # The next record is none the worse.
    assert iris.predict({"petal_length": 1, "petal_width": 0.2})["species"] == "setosa"


def test_limits(fixtures, tmp_path):
    path, target = fixtures / "hello" / "model.pmml", tmp_path / "model.pommel"
    for call in (lambda limits: pommel.load(path, limits=limits), lambda limits: pommel.convert(path, target, limits=limits)):
        with pytest.raises(pommel.PommelError) as caught:
            call({"document_bytes": 1000})
        assert caught.value.code == "xml-document-size-limit" and not target.exists()
    assert [found["id"] for found in pommel.validate(path, limits={"document_bytes": 1000})["diagnostics"]] == ["xml-document-size-limit"]
    assert pommel.validate(path, limits={"document_bytes": 100_000})["valid"]
    for call in (pommel.load, pommel.validate, lambda source, limits: pommel.convert(source, target, limits=limits)):
        with pytest.raises(pommel.PommelError, match="no limit"):
            call(path, limits={"width": 1})
    # A file that is read, and not mapped, may be cut short while it is in use.
    pommel.convert(path, target, limits={"document_bytes": 100_000})
    model = pommel.load(target, memory_map=False)
    os.truncate(target, 0)
    assert model.predict({"petal_length": 4.7, "petal_width": 1.4})["species"] == "versicolor"


def test_errors_by_row(iris):
    records = [{"petal_length": 1, "petal_width": 0.2}, {"petal_length": "x", "petal_width": 0.2}]
    with pytest.raises(pommel.PommelError) as caught:
        iris.predict(records)
    assert caught.value.row == 1
    assert [row["species"] for row in iris.predict(records, errors="missing")] == ["setosa", None]
    first, second = iris.predict(records, errors="column")
    assert first["error"] is None and "petal_length" in second["error"]
    with pytest.raises(ValueError, match="errors is one of"):
        iris.predict(records, errors="ignore")


def test_document_that_is_wrong(tmp_path):
    path = tmp_path / "broken.pmml"
    path.write_text('<PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4">\n<Header/>\n<DataDictionary>')
    with pytest.raises(pommel.PommelError) as caught:
        pommel.load(path)
    assert caught.value.line == 3 and caught.value.file == str(path)
    report = pommel.validate(path)
    assert not report["valid"] and report["diagnostics"][0]["line"] == 3
    with pytest.raises(pommel.PommelError) as caught:
        pommel.load(tmp_path / "none.pmml")
    assert caught.value.code == "file-unreadable"


def test_options(fixtures):
    with pytest.raises(pommel.PommelError) as caught:
        pommel.load(fixtures / "hello" / "model.pmml", model_name="nobody")
    assert caught.value.code == "unknown-model"


def test_select(iris):
    chosen = iris.select("probability(virginica)", "petal_width")
    assert chosen.predict({"petal_length": 6, "petal_width": 2.5}) == {"probability(virginica)": 1.0, "petal_width": 2.5}
    with pytest.raises(pommel.PommelError) as caught:
        iris.select("sepal")
    assert caught.value.code == "unknown-field"


def test_bytes_and_files(iris, fixtures, tmp_path):
    content = (fixtures / "hello" / "model.pmml").read_bytes()
    record = {"petal_length": 6, "petal_width": 2.5}
    assert pommel.load(content).predict(record) == pommel.load(gzip.compress(content)).predict(record) == iris.predict(record)
    assert pommel.load(iris.to_bytes()).predict(record) == iris.predict(record)
    iris.save(tmp_path / "a.pommel")
    pommel.convert(fixtures / "hello" / "model.pmml", tmp_path / "b.pommel")
    pommel.convert(tmp_path / "b.pommel", tmp_path / "c.pmml", version="4.2")
    assert b'version="4.2"' in (tmp_path / "c.pmml").read_bytes()
    for name in ("a.pommel", "b.pommel", "c.pmml"):
        assert pommel.load(tmp_path / name).predict(record) == iris.predict(record)


def test_encodings_of_old_documents():
    # Classes and a name in GBK: iconv knows it, and no other library is needed for it.
    text = """<?xml version="1.0" encoding="GBK"?><PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary>
<DataField name="颜色" optype="categorical" dataType="string"/></DataDictionary>
<TreeModel functionName="classification"><MiningSchema><MiningField name="颜色"/></MiningSchema>
<Output><OutputField name="z" feature="transformedValue" optype="categorical" dataType="string"><FieldRef field="颜色"/></OutputField></Output>
<Node score="红"><True/></Node></TreeModel></PMML>"""
    assert pommel.load(text.encode("gbk")).select("z").predict({"颜色": "绿"}) == {"z": "绿"}


def test_saved_by_r(fixtures):
    folder = fixtures / "r-cases" / "glm-binomial-logit"
    saved = next(path for path in folder.iterdir() if path.suffix in (".rds", ".RData"))
    assert pommel.load(saved).describe()["format"] == "r"


@pytest.mark.parametrize("type, optype, value, result", [
    ("date", "ordinal", datetime.date(2024, 2, 29), "2024-02-29"),
    ("dateTime", "ordinal", datetime.datetime(2024, 2, 29, 13, 5), "2024-02-29T13:05:00"),
    ("time", "ordinal", datetime.time(13, 5), "13:05:00"),
    ("boolean", "categorical", True, True),
    ("integer", "continuous", 7, 7),
    ("string", "categorical", 7, "7"),
    ("string", "categorical", "日本", "日本"),
    ("string", "categorical", "", ""),
    ("string", "categorical", "x" * 10_000, "x" * 10_000),
    ("double", "continuous", 0.1, 0.1),
])
def test_types(echo, type, optype, value, result):
    found = echo(type, optype).predict({"x": value})["z"]
    assert found == result and found.__class__ is result.__class__


def test_whole_numbers_are_not_rounded_in_silence(echo):
    with pytest.raises(pommel.PommelError):
        echo("integer").predict({"x": 2**53 + 1})
    assert echo("string", "categorical").predict({"x": 2**63 + 1})["z"] == str(2**63 + 1)


def test_lists(fixtures):
    model = pommel.load(fixtures / "cases" / "association-features" / "model.pmml")
    result = model.predict({"basket": "t", "item": ["bread", "butter"]})
    assert result["o_antecedent"] == ["bread", "butter"] and result["o_ruleId"] == "r3" and result["o_support"] == 0.25


def test_threads(iris, rows, expected):
    def work(_):
        return [iris.predict(row) for row in rows] == expected and iris.predict(rows) == expected

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(200)))


def test_other_threads_run_meanwhile(fixtures):
    # While the library scores a table, another thread of Python's counts: it could not if the interpreter were locked.
    import threading

    np = pytest.importorskip("numpy")
    model = pommel.load(fixtures / "cases" / "xgboost-cancer" / "model.pmml")
    names = [field.name for field in model.inputs if field.required]
    table = np.random.default_rng(1).normal(size=(400_000, len(names))).astype("float32")
    counted, done = 0, threading.Event()

    def count():
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.0005)

    thread = threading.Thread(target=count)
    model.predict(table[:1000], threads=1)
    thread.start()
    model.predict(table, threads=1)
    done.set()
    thread.join()
    assert counted > 20


def _in_child(model, rows, queue):
    queue.put(model.predict(rows))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes(iris, rows, expected, method):
    iris.predict(rows[0])
    context = multiprocessing.get_context(method)
    queue = context.Queue()
    process = context.Process(target=_in_child, args=(iris, rows, queue))
    process.start()
    assert queue.get(timeout=60) == expected
    process.join()
    assert iris.predict(rows) == expected


def test_fork_while_threads_score(iris, rows, expected):
    import threading

    stop = threading.Event()

    def work():
        while not stop.is_set():
            iris.predict(rows)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(20):
            child = os.fork()
            if child == 0:
                os._exit(0 if iris.predict(rows) == expected else 1)
            deadline = time.monotonic() + 20
            while True:
                done, status = os.waitpid(child, os.WNOHANG)
                if done:
                    break
                if time.monotonic() > deadline:
                    os.kill(child, 9)
                    os.waitpid(child, 0)
                    pytest.fail("a forked process hangs")
                time.sleep(0.002)
            assert status == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_pickle(iris, rows, expected):
    assert pickle.loads(pickle.dumps(iris)).predict(rows) == expected
    chosen = pickle.loads(pickle.dumps(iris.select("species")))
    assert chosen.predict(rows[0]) == {"species": "setosa"}


def test_command(fixtures):
    command = os.path.join(os.path.dirname(sys.executable), "pommel")
    done = subprocess.run([command, "score", fixtures / "hello" / "model.pmml", fixtures / "hello" / "input.csv"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == "setosa,1,0,0"


def test_memory_does_not_grow(iris, rows):
    import resource

    def peak():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def work(count):
        for _ in range(count):
            iris.predict(rows)
            try:
                iris.predict({"petal_length": "x" * 1000})
            except pommel.PommelError:
                pass
            pommel.load(iris.to_bytes()).predict(rows[0])

    work(300)
    before = peak()
    work(1500)
    assert peak() - before < 4096
