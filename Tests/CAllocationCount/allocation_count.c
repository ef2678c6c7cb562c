#include "allocation_count.h"

#include <stdlib.h>

#if defined(__GLIBC__)

// The test program's own malloc stands before that of the C library, which does the work.
extern void *__libc_malloc(size_t size);

static __thread long calls = 0;
static __thread int is_counting = 0;

void *malloc(size_t size) {
    if (is_counting) calls++;
    return __libc_malloc(size);
}

void allocation_count_begin(void) {
    calls = 0;
    is_counting = 1;
}

long allocation_count_end(void) {
    is_counting = 0;
    return calls;
}

#else

void allocation_count_begin(void) {}
long allocation_count_end(void) { return -1; }

#endif

int allocation_count_is_optimized(void) {
#ifdef __OPTIMIZE__
    return 1;
#else
    return 0;
#endif
}
