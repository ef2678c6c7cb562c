"""Spark with worker processes of its own: a local cluster, not threads of the driver."""
import os
import shutil
import sys

import pytest

import pommel

pytest.importorskip("pyspark")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java", allow_module_level=True)


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    # The workers are to see what this test sees.
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]").appName("pommel").config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "900m").config("spark.sql.shuffle.partitions", "4").config("spark.task.maxFailures", "4")
        .config("spark.driver.host", "127.0.0.1").config("spark.sql.execution.arrow.maxRecordsPerBatch", "5000").getOrCreate())
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def test_results(spark, fixtures, rows, expected):
    from pommel.spark import transform

    frame = spark.createDataFrame(rows)
    result = transform(frame, fixtures / "hello" / "model.pmml")
    assert [field.name for field in result.schema.fields] == frame.columns + list(expected[0])
    assert {field.name: field.dataType.simpleString() for field in result.schema.fields}["species"] == "string"
    found = {row["petal_length"]: row for row in result.collect()}
    for given, wanted in zip(rows, expected):
        assert {name: found[given["petal_length"]][name] for name in wanted} == wanted or wanted["species"] == found[given["petal_length"]]["species"]


def test_choices(spark, iris, rows):
    from pommel.spark import transform

    frame = spark.createDataFrame(rows)
    result = transform(frame, iris, outputs=["species"], keep=["petal_width"])
    assert result.columns == ["petal_width", "species"]
    assert result.filter("petal_width < 0.8").select("species").distinct().collect()[0][0] == "setosa"
    # A name that is taken.
    again = transform(result.withColumnRenamed("petal_width", "petal_length"), iris, outputs=["species"])
    assert again.columns == ["petal_length", "species", "species_result"]


def test_selected(spark, iris, rows):
    """What a model was made to give, it gives on the workers."""
    from pommel.spark import transform

    result = transform(spark.createDataFrame(rows), iris.select("probability(setosa)", "petal_width"), keep=[])
    assert result.columns == ["probability(setosa)", "petal_width"]
    # The field is a float.
    assert sorted(row[1] for row in result.collect()) == pytest.approx(sorted(row["petal_width"] for row in rows), rel=1e-7)


def test_types(spark, echo):
    """Decimals, days and moments come through as the model takes them."""
    from pommel.spark import transform

    frame = spark.sql("select cast(1.25 as decimal(20, 2)) x union all select null")
    assert sorted((row["z"] for row in transform(frame, echo("double"), keep=[]).collect()), key=str) == [1.25, None]
    assert [row["z"].isoformat() for row in transform(spark.sql("select date'2024-02-29' x"), echo("date"), keep=[]).collect()] == ["2024-02-29"]
    frame = spark.sql("select timestamp_ntz'2024-02-29 10:00:00' x")
    assert [row["z"].isoformat() for row in transform(frame, echo("dateTime"), keep=[]).collect()] == ["2024-02-29T10:00:00"]


def test_errors(spark, iris):
    from pommel.spark import transform

    frame = spark.createDataFrame([("1.4", 0.2), ("long", 0.2)], ["petal_length", "petal_width"])
    found = {row["petal_length"]: row for row in transform(frame, iris, errors="column").collect()}
    assert found["1.4"]["species"] == "setosa" and found["1.4"]["error"] is None
    assert found["long"]["species"] is None and "petal_length" in found["long"]["error"]
    with pytest.raises(Exception, match="petal_length"):
        transform(frame, iris).collect()


def test_models_that_remember(spark, fixtures):
    from pommel.spark import transform

    with pytest.raises(ValueError, match="earlier rows"):
        transform(spark.range(3), fixtures / "cases" / "lag-1" / "model.pmml")


def test_worker_killed(spark, iris, tmp_path):
    """A worker dies half-way; its rows are scored again, and none twice."""
    from pyspark.sql import functions as F

    from pommel.spark import transform

    flag = str(tmp_path / "killed")
    count = 400_000

    def die_once(batches):
        for number, batch in enumerate(batches):
            if number == 3:
                try:
                    # Only one process in all gets to make the file.
                    os.close(os.open(flag, os.O_CREAT | os.O_EXCL))
                except FileExistsError:
                    pass
                else:
                    os.kill(os.getpid(), 9)
            yield batch

    frame = spark.range(count, numPartitions=8).select(
        "id", (F.col("id") % 70 / 10).alias("petal_length"), (F.col("id") % 26 / 10).alias("petal_width"))
    frame = frame.mapInArrow(die_once, frame.schema)
    result = transform(frame, iris)
    target = str(tmp_path / "result")
    result.write.parquet(target)
    assert os.path.exists(flag)
    back = spark.read.parquet(target)
    assert back.count() == count and back.select("id").distinct().count() == count
    wanted = iris.predict([{"petal_length": i % 70 / 10, "petal_width": i % 26 / 10} for i in range(0, count, 1000)])
    found = [row["species"] for row in back.filter("id % 1000 = 0").orderBy("id").collect()]
    assert found == [row["species"] for row in wanted]


def test_opened_once_per_worker(spark, iris):
    from pommel.spark import transform

    frame = spark.range(80_000, numPartitions=16).selectExpr("id", "cast(id % 7 as double) petal_length", "cast(id % 3 as double) petal_width")

    def opened(batches):
        import os

        import pyarrow

        from pommel import spark as module

        for batch in batches:
            yield pyarrow.RecordBatch.from_arrays([pyarrow.array([os.getpid()]), pyarrow.array([len(module._opened)])], names=["pid", "count"])

    for _ in range(2):
        transform(frame, iris).write.format("noop").mode("overwrite").save()
    seen = spark.range(2000, numPartitions=16).mapInArrow(opened, "pid long, count long").collect()
    assert seen and max(row["count"] for row in seen) <= 8
