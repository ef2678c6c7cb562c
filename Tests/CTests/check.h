/* What the tests of pommel.h share. */
#ifndef CHECK_H
#define CHECK_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "pommel.h"

extern int failures;
/* The fixtures' directory. */
extern const char *fixtures;

#define CHECK(condition)                                                          \
    do {                                                                          \
        if (!(condition)) {                                                       \
            failures++;                                                           \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
        }                                                                         \
    } while (0)

/* The model of a fixture; ends the test if it cannot be opened. */
pommel_model *open_fixture(const char *name);
/* A model that gives its one field, x, back as it was prepared: as z. */
pommel_model *echo_model(const char *optype, const char *type);
int is_text(const char *text, size_t length, const char *expected);

/* Arrow's structures over memory of the test's own; what the library gives back is counted. */
extern int released;
struct ArrowSchema type_of(const char *format, const char *name);
void release_array(struct ArrowArray *array);

void test_errors(void);
void test_schema(void);
void test_native(void);
void test_documents(void);
void test_rows(void);
void test_lists(void);
void test_columns(void);
void test_arrow(void);
void test_types(void);
void test_streams(void);
void test_threads(void);

#endif
