#!/usr/bin/env bash
# Builds libpommel.so, with the Swift runtime inside, and installs it with its header and pkg-config file: `install.sh PREFIX`.
# `install.sh PREFIX --command` puts the command into the library, too, and a program of a few bytes that starts it beside it: the wheel's, one engine for both.
set -euo pipefail
prefix=$(mkdir -p "$1" && cd "$1" && pwd)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
product=pommel-c
if [[ ${2:-} == --command ]]; then product=pommel-c-command; fi

# The interface's version is the library's: programs ask for libpommel.so.1.
version=$(sed -n 's/^#define POMMEL_ABI_VERSION \([0-9]*\)$/\1/p' "$here/include/pommel.h")
swift build -c release --static-swift-stdlib --product "$product"
built=$(swift build -c release --static-swift-stdlib --show-bin-path)

# SwiftPM links shared libraries against a shared runtime only, so its archive is linked here: as one object, as a static runtime hides what comes from archives.
object=$(mktemp --suffix=.o)
trap 'rm -f "$object"' EXIT
ld -r --whole-archive "$built/lib$product.a" -o "$object"
mkdir -p "$prefix/lib/pkgconfig" "$prefix/include"
# shellcheck disable=SC2046
swiftc -emit-library -static-stdlib -o "$prefix/lib/libpommel.so.$version" "$object" \
    -Xlinker "-soname=libpommel.so.$version" -Xlinker "--version-script=$here/exports.map" -Xlinker --gc-sections -Xlinker --as-needed \
    $(pkg-config --libs libxml-2.0 libpcre2-8 zlib liblzma) -lbz2
ln -sf "libpommel.so.$version" "$prefix/lib/libpommel.so"
cp "$here/include/pommel.h" "$prefix/include/"
sed "s|@PREFIX@|$prefix|; s|@VERSION@|$version.0|" "$here/pommel.pc.in" >"$prefix/lib/pkgconfig/pommel.pc"
if [[ $product == pommel-c-command ]]; then
    mkdir -p "$prefix/bin"
    # shellcheck disable=SC2016
    cc -O2 "$here/command.c" "$prefix/lib/libpommel.so.$version" -Wl,-rpath,'$ORIGIN/../lib' -o "$prefix/bin/pommel"
fi
