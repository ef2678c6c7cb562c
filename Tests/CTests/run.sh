#!/usr/bin/env bash
# Compiles the C test against an installed library, as its users do, and runs it under valgrind: `run.sh PREFIX`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
prefix=$(cd "$1" && pwd)
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig" LD_LIBRARY_PATH="$prefix/lib"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# shellcheck disable=SC2046
gcc -g -std=gnu11 -Wall -Wextra -Werror "$here"/*.c $(pkg-config --cflags --libs pommel) -lpthread -lm -o "$work/pommel_test"
# The header is C++, too.
echo '#include <pommel.h>' | g++ -fsyntax-only -Wall -Wextra -x c++ $(pkg-config --cflags pommel) -

if ldd "$prefix/lib/libpommel.so" | grep -q libswift; then
    echo "libpommel.so needs a Swift runtime" >&2
    exit 1
fi
# Errors and whatever was lost are failures; what the Swift runtime and our own constants keep until the end is not.
valgrind --quiet --leak-check=full --show-leak-kinds=definite,indirect,possible --errors-for-leak-kinds=definite,indirect,possible \
    --suppressions="$here/swift.supp" --error-exitcode=3 "$work/pommel_test" "$here/../../fixtures"
