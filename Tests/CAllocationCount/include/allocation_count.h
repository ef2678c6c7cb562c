#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H

/// Begins to count the calls of malloc that this thread makes. For tests, with glibc only.
void allocation_count_begin(void);
/// Ends counting and gives the number of calls; -1 where they cannot be counted.
long allocation_count_end(void);
/// Whether the build is optimised: one that is not makes closures that the other does not.
int allocation_count_is_optimized(void);

#endif
