#!/usr/bin/env python3
"""Seeds and dictionaries for the fuzz targets, made from the fixtures: seeds.py FOLDER. Needs `pommel`, built in .build/debug or .build/release."""
import bz2
import gzip
import hashlib
import lzma
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
SMALL = 12_000


def save(out, target, content):
    folder = out / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(content).hexdigest()[:16]).write_bytes(content)


def quoted(words):
    """Lines of a libFuzzer dictionary."""
    return "".join('"%s"\n' % "".join(c if 32 <= ord(c) < 127 and c not in '"\\' else "".join("\\x%02X" % b for b in c.encode()) for c in word)
                   for word in sorted(words))


def documents():
    for folder in ("hello", "cases", "invalid", "invalid-models", "lenient", "validate"):
        for path in sorted((FIXTURES / folder).rglob("*.pmml")):
            if path.stat().st_size <= SMALL:
                yield path


def pmml(out):
    words = set()
    for path in documents():
        text = path.read_bytes()
        save(out, "PMML", text)
        decoded = text.decode("utf-8", "replace")
        words.update(f"<{name}" for name in re.findall(r"<([A-Za-z][\w-]*)", decoded))
        words.update(f" {name}=\"" for name in re.findall(r"\s([A-Za-z_][\w:-]*)=\"", decoded))
        words.update(value for value in re.findall(r"(?:function|dataType|optype|operator|booleanOperator|usageType|feature|\w+Treatment|"
                                                   r"\w+Method|\w+Strategy|\w+Type)=\"([^\"]{1,40})\"", decoded))
    words.update(["/>", "</", "<![CDATA[", "]]>", "<!--", "-->", "&#0;", "&amp;", "<!DOCTYPE PMML [<!ENTITY a \"b\">]>", "&a;", "1e999", "-0", "NaN", "INF"])
    (out / "PMML.dict").write_text(quoted(words))
    sample = (FIXTURES / "hello/model.pmml").read_bytes()
    save(out, "PMML", gzip.compress(sample, mtime=0))
    save(out, "PMML", sample.decode().replace("UTF-8", "UTF-16").encode("utf-16"))


def native(out):
    command = next((path for path in (ROOT / ".build/debug/pommel", ROOT / ".build/release/pommel") if path.exists()), None)
    if command is None:
        sys.exit("seeds.py: build pommel first (swift build)")
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder) / "model.pommel"
        # Every fourth case: enough for each operation, and soon made.
        cases = [path for path in documents() if path.parts[-3] == "cases"][::4]
        for index, path in enumerate(cases):
            options = [] if index % 40 == 0 else ["--no-source"]
            done = subprocess.run([command, "convert", path, "--quiet", *options, "-o", target], capture_output=True, env={**os.environ, "LLVM_PROFILE_FILE": "/dev/null"})
            if done.returncode == 0 and target.stat().st_size <= 16_000:
                save(out, "NativeFile", target.read_bytes())
                target.unlink()
    words = re.findall(r"^## `?([a-z][\w.]+)`?|^\| `([a-z][\w.]+)`", (ROOT / "docs/operations.md").read_text(), re.M)
    (out / "NativeFile.dict").write_text(
        quoted(first or second for first, second in words)
        + "".join('"%s"\n' % "".join("\\x%02X" % byte for byte in value.to_bytes(4, "little", signed=True))
                  for value in (-1, 0, 1, 2, 64, 1 << 20, 2**31 - 1, -2**31)))


def saved_by_r(out):
    words = set()
    for path in sorted(FIXTURES.glob("r-objects/*.r*")) + sorted(FIXTURES.glob("r-cases/*/model.*")) + sorted(FIXTURES.glob("r-objects/*.RData")):
        stored = path.read_bytes()
        plain = stored
        for magic, open_up in ((b"\x1f\x8b", gzip.decompress), (b"BZh", bz2.decompress), (b"\xfd7zXZ", lzma.decompress)):
            if stored.startswith(magic):
                plain = open_up(stored)
        for content in {plain, stored if "saved" in path.parts[-2] or "objects" in path.parts[-2] else plain}:
            if len(content) <= 16_000:
                save(out, "SavedByR", content)
        words.update(word.decode() for word in re.findall(rb"[A-Za-z][\w.]{2,24}", plain[:200_000]) if b"\0" not in word)
    frequent = sorted(words, key=lambda word: (len(word), word))[:1500]
    (out / "SavedByR.dict").write_text(quoted(frequent) + "".join(
        '"%s"\n' % "".join("\\x%02X" % byte for byte in value.to_bytes(4, "big"))
        for value in (0, 1, 2, 3, 9, 10, 13, 14, 16, 19, 24, 238, 254, 255, 0x209, 0x402, 0x40009, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000)))


HEADER = ["double", "float", "integer", "string", "boolean", "date", "time", "dateTime"]
ROWS = [["1.5", "-2e3", "7", "a text", "true", "2020-02-29", "23:59:59", "2020-02-29T23:59:59"],
        ["", "NaN", "9007199254740993", 'quo"ted, text\nof two lines', "0", "-0001-01-01", "24:00:00", "1960-01-01T00:00:00Z"],
        ["INF", "1e-46", "1.5", "ä€😀", "maybe", "2021-02-29", "x", "2020-02-29 10:00"]]


def tables(out):
    for delimiter in ",\t":
        for end in ("\n", "\r\n", "\r"):
            def cell(text):
                return '"' + text.replace('"', '""') + '"' if any(c in text for c in '",\n\t') else text
            text = end.join(delimiter.join(map(cell, row)) for row in [HEADER, *ROWS]) + end
            save(out, "Delimited", (("\t" if delimiter == "\t" else "") + text).encode())
            save(out, "Delimited", b"\xef\xbb\xbf" + text.encode())
    for row in ROWS:
        def value(text):
            return text if re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?|true|NaN", text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        save(out, "JSONLines", ("{" + ", ".join(f'"{name}": {value(text)}' for name, text in zip(HEADER, row)) + "}\n" + '{"double": [1, "2", null], "string": "\\ud83d\\ude00", "x": {"y": [{}]}}\n').encode())
    for path in sorted(FIXTURES.glob("cases/*/input.csv"))[::10]:
        if path.stat().st_size <= 600:
            save(out, "Delimited", path.read_bytes())
    common = [*HEADER, "true", "false", "NaN", "Infinity", "-INF", "2020-02-29", "T10:00:00Z", "1e999", "9007199254740993", "\ufeff", "\r\n"]
    (out / "Delimited.dict").write_text(quoted([*common, '"', '""', ',"', '",', "\t"]))
    (out / "JSONLines.dict").write_text(quoted([*common, "null", '":', '{"', "[]", "{}", "\\u0000", "\\ud83d", "\\\"", "],["]))


def numbers(out):
    for text in ["0", "-0", "1", "+1.5e+3", ".5", "5.", "1e400", "-1e-400", "4.9e-324", "2.2250738585072011e-308", "1.7976931348623159e308",
                 "9007199254740993", "1.00000005960464477539062500001", "inf", "-Infinity", "nan", "0x1p3", "  7 ", "9223372036854775808",
                 "1" * 60, "0." + "0" * 40 + "1", "1e2147483648", "1e-99999999999999999999", "TRUE", "1.0"]:
        save(out, "Numbers", text.encode())
    (out / "Numbers.dict").write_text(quoted(["e+", "e-", "E", ".", "00000000", "99999999", "inf", "nan", "5e-324", "e308", "0000000000000001"]))


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for make in (pmml, native, saved_by_r, tables, numbers):
        make(out)


main()
