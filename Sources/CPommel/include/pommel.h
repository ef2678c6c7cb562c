/*
 * Pommel: scores data with PMML models, .pommel files and models saved by R.
 *
 *     pommel_error *error = NULL;
 *     pommel_model *model = pommel_open("model.pmml", NULL, &error);
 *     if (!model) { fprintf(stderr, "%s\n", pommel_error_text(error)); pommel_error_free(error); return 1; }
 *     char *result = pommel_score_json(model, "{\"petal_length\": 4.7}", &error);
 *     ...
 *     pommel_free(result);
 *     pommel_close(model);
 *
 * Rules that hold everywhere:
 *  - Texts are UTF-8 and end with a zero byte unless a length is given.
 *  - A function that can fail takes a `pommel_error **`. It may be NULL; if it is not, a failure stores an error there, to be freed with
 *    pommel_error_free, and success leaves it alone.
 *  - A `pommel_model` may be used by any number of threads at a time. A `pommel_row` belongs to one thread at a time.
 *  - NULL may be given to every function that frees or closes.
 *  - Functions of this header keep their meaning and signature as long as POMMEL_ABI_VERSION stays the same; new ones may be added.
 */
#ifndef POMMEL_H
#define POMMEL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A library whose pommel_abi_version() differs must not be called. */
#define POMMEL_ABI_VERSION 1

uint32_t pommel_abi_version(void);

/* A model ready to score, with the results that were chosen of it. */
typedef struct pommel_model pommel_model;
/* Working memory for scoring single rows. */
typedef struct pommel_row pommel_row;
/* The results of columns. */
typedef struct pommel_results pommel_results;
/* Why something failed. */
typedef struct pommel_error pommel_error;

/* ---- Errors ---------------------------------------------------------------------------------------------------------------- */

/* The stable id of the kind of error, for programs; docs/errors.md lists them all. */
const char *pommel_error_code(const pommel_error *error);
const char *pommel_error_message(const pommel_error *error);
/* Code, message and place in one line. */
const char *pommel_error_text(const pommel_error *error);
/* Where: each is NULL, or -1, if it is not known or means nothing here. */
const char *pommel_error_file(const pommel_error *error);
int64_t pommel_error_line(const pommel_error *error);   /* from 1 */
int64_t pommel_error_column(const pommel_error *error); /* from 1 */
const char *pommel_error_path(const pommel_error *error);    /* of elements, /PMML/TreeModel/Node, or of a component of an object of R's */
const char *pommel_error_section(const pommel_error *error); /* of a .pommel file */
int64_t pommel_error_offset(const pommel_error *error);
int64_t pommel_error_row(const pommel_error *error);         /* of a table, from 0 */
const char *pommel_error_field(const pommel_error *error);
const char *pommel_error_value(const pommel_error *error);   /* of that field, as the data has it */
void pommel_error_free(pommel_error *error);

/* Frees a text or block that a function of this library gave to its caller to free. */
void pommel_free(void *memory);

/* ---- Models ---------------------------------------------------------------------------------------------------------------- */

/*
 * Opens a PMML document, a .pommel file, or a model that R has saved; the content tells which. "-" is standard input.
 *
 * `options` is NULL or a JSON object with any of: "modelName" (of a document with several models), "objectName" (of a file of R's with several
 * objects), "strict" (true refuses documents that depart from the standard), "limits" (an object with any of "depth", "elements", "names", "attributes",
 * "attributeBytes", "dtdBytes", "textBytes", "documentBytes", "expansion": what a file may cost; docs/limits.md has the defaults), "map" (false reads a .pommel
 * file into memory instead of mapping it, so that nothing happens when the file is written over or cut short in place).
 */
pommel_model *pommel_open(const char *path, const char *options, pommel_error **error);

/* As pommel_open, for what is held in memory, which is copied. `name` (may be NULL) stands for the file in messages. */
pommel_model *pommel_open_bytes(const void *bytes, size_t count, const char *name, const char *options, pommel_error **error);

/*
 * Another handle on the same model that gives the named results, in that order: targets, outputs, derived fields and inputs. It shares the model's
 * memory, and each of the two is closed on its own. `names` is NULL for the target and every output.
 */
pommel_model *pommel_select(const pommel_model *model, const char *const *names, size_t count, pommel_error **error);

/* Closes a model. Rows made of it stay usable until they are freed. */
void pommel_close(pommel_model *model);

/*
 * What the model says of itself, as a JSON object to be freed with pommel_free: "inputs", "outputs" (the chosen results), "derivedFields",
 * "properties", "structure", "warnings" and more. docs/c.md has the members.
 */
char *pommel_schema(const pommel_model *model);

/* The model as a .pommel file; the bytes belong to the model. */
const void *pommel_native_bytes(const pommel_model *model, size_t *count);

/* ---- Documents ------------------------------------------------------------------------------------------------------------- */

/*
 * Writes a model as PMML of a version ("4.4.1", "3.2" ...; NULL for the newest) or, if `path` ends in neither .pmml nor .xml nor either with .gz and
 * `version` is NULL, as a .pommel file. `options` as for pommel_open. Gives 0, or -1 with an error: the first of what keeps the model from being said
 * in that version.
 */
int pommel_convert(const char *source, const char *path, const char *version, const char *options, pommel_error **error);

/*
 * Everything that is wrong with a file: a JSON object to be freed with pommel_free, with "valid" (a boolean) and "diagnostics", an array of objects with
 * "severity" ("error", "warning"), "id", "message", "file" and, as far as they are known, "line", "column", "path", "section", "offset".
 */
char *pommel_validate(const char *path, const char *options, pommel_error **error);

/* ---- Single rows ----------------------------------------------------------------------------------------------------------- */

/*
 * Scores one record, a JSON object of values by field name. Names that the model does not know are ignored; fields that are not named are missing.
 * Gives a JSON object of the results, to be freed with pommel_free, or NULL.
 */
char *pommel_score_json(const pommel_model *model, const char *record, pommel_error **error);

enum {
    POMMEL_NUMBER = 0,  /* `number`; a NaN counts as missing */
    POMMEL_MISSING = 1,
    POMMEL_BOOLEAN = 2, /* `number` is 0 or 1 */
    POMMEL_TEXT = 3,    /* `length` bytes at `text`; also dates and times, in ISO 8601 */
    POMMEL_LIST = 4     /* as a text: a JSON array */
};

typedef struct pommel_value {
    uint32_t kind;
    uint32_t length;
    union {
        double number;
        const char *text;
    };
} pommel_value;

/*
 * The fastest way to score single rows: fill the values of pommel_row_inputs, call pommel_row_score, read those of pommel_row_outputs.
 * Inputs are those of the schema, and outputs its outputs, in the schema's order. All inputs are missing at first and keep what they were given.
 * Texts of outputs are valid until the row is scored again or freed.
 */
pommel_row *pommel_row_new(const pommel_model *model);
pommel_value *pommel_row_inputs(pommel_row *row, size_t *count);
const pommel_value *pommel_row_outputs(pommel_row *row, size_t *count);
/* Gives 0, or -1 with an error. */
int pommel_row_score(pommel_row *row, pommel_error **error);
void pommel_row_free(pommel_row *row);

/* ---- Whole tables ---------------------------------------------------------------------------------------------------------- */

enum {
    /* A row without results gets missing ones; otherwise the first such row is an error. */
    POMMEL_KEEP_FAILED_ROWS = 1,
    /* As POMMEL_KEEP_FAILED_ROWS, with one more column of results that says why: "error", null where there is none. */
    POMMEL_ERROR_COLUMN = 2
};

/* A column of the caller's: `numbers`, or, if that is NULL, `texts`. */
typedef struct pommel_column {
    const char *name;
    const double *numbers;     /* a NaN is missing */
    const char *const *texts;  /* NULL is missing */
} pommel_column;

/*
 * Scores columns of `rows` cells each. `threads` is how many to use at most; 0 is one for each processor.
 * Gives the results, to be freed with pommel_results_free, or NULL.
 */
pommel_results *pommel_score_columns(
    const pommel_model *model, const pommel_column *columns, size_t count, size_t rows, uint32_t threads, uint32_t flags, pommel_error **error);

size_t pommel_results_count(const pommel_results *results);
const char *pommel_results_name(const pommel_results *results, size_t column);
/* The numbers of a column, NaN where one is missing; NULL for a column of texts. Truth values are 0 and 1, dates days and times seconds since 1970. */
const double *pommel_results_numbers(const pommel_results *results, size_t column);
/* The text of a cell, of any column of texts; NULL if it is missing. Not ended by a zero byte. */
const char *pommel_results_text(const pommel_results *results, size_t column, size_t row, size_t *length);
void pommel_results_free(pommel_results *results);

/* Arrow's C data and stream interfaces: https://arrow.apache.org/docs/format/CDataInterface.html */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

/*
 * Scores one table, or one chunk of a table: a struct array whose children are columns. Numbers of every width, decimals, booleans, texts (string, large string,
 * string view), dates, times, timestamps, dictionaries of these, and lists for fields that take lists. Columns that the model does not know are ignored,
 * whatever their type; fields without a column are missing. Numbers are read where they lie. What was given in stays the caller's to release.
 *
 * `schema_out` and `array_out` get the results, to be released by the caller: float64, float32, int64, boolean, utf8, date32, time64, timestamp, or a
 * list of those. Gives 0, or -1 with an error, whose row counts from the chunk's first.
 */
int pommel_score_arrow(
    const pommel_model *model, const struct ArrowSchema *schema, const struct ArrowArray *array, uint32_t threads, uint32_t flags,
    struct ArrowSchema *schema_out, struct ArrowArray *array_out, pommel_error **error);

/* The schema of the results, without data. Gives 0. */
int pommel_arrow_schema(const pommel_model *model, uint32_t flags, struct ArrowSchema *schema_out);

/*
 * Scores a stream of chunks as it is read: each chunk of `out` is made of the next one of `in` when it is asked for. `in` is taken over, and released
 * with `out`. A model that remembers earlier rows (Lag, CUSUM) remembers them from chunk to chunk. Gives 0, or -1 with an error.
 *
 * A chunk that fails makes get_next give EINVAL and get_last_error the error's text; pommel_stream_error gives the error itself.
 */
int pommel_score_stream(
    const pommel_model *model, struct ArrowArrayStream *in, uint32_t threads, uint32_t flags, struct ArrowArrayStream *out, pommel_error **error);

/* The last error of a stream made by pommel_score_stream, to be freed by the caller; its row counts from the stream's first. NULL if there is none. */
pommel_error *pommel_stream_error(struct ArrowArrayStream *stream);

#ifdef __cplusplus
}
#endif
#endif
