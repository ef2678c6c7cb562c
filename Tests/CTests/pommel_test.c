/* Calls everything of pommel.h as a C program does. `pommel_test FIXTURES`: the fixtures' directory; says what failed, and gives 1 if anything did. */
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pommel.h"

static int failures;

#define CHECK(condition)                                                          \
    do {                                                                          \
        if (!(condition)) {                                                       \
            failures++;                                                           \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
        }                                                                         \
    } while (0)

static const char *fixtures;

static pommel_model *open_fixture(const char *name) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s/model.pmml", fixtures, name);
    pommel_error *error = NULL;
    pommel_model *model = pommel_open(path, NULL, &error);
    if (!model) {
        fprintf(stderr, "%s\n", pommel_error_text(error));
        exit(1);
    }
    return model;
}

static int is_text(const char *text, size_t length, const char *expected) {
    return text && length == strlen(expected) && memcmp(text, expected, length) == 0;
}

/* ---- Opening, errors and what a model says of itself ---- */

static void test_errors(void) {
    pommel_error *error = NULL;
    CHECK(pommel_open("/nonexistent/model.pmml", NULL, &error) == NULL);
    CHECK(error && strcmp(pommel_error_code(error), "file-unreadable") == 0);
    CHECK(strcmp(pommel_error_file(error), "/nonexistent/model.pmml") == 0);
    CHECK(pommel_error_line(error) == -1 && pommel_error_row(error) == -1 && pommel_error_field(error) == NULL);
    pommel_error_free(error);

    error = NULL;
    const char *broken = "<PMML version=\"4.4\" xmlns=\"http://www.dmg.org/PMML-4_4\">\n<Header/>\n<DataDictionary>";
    CHECK(pommel_open_bytes(broken, strlen(broken), "broken.pmml", NULL, &error) == NULL);
    CHECK(error && pommel_error_line(error) == 3);
    CHECK(strcmp(pommel_error_file(error), "broken.pmml") == 0);
    pommel_error_free(error);

    error = NULL;
    CHECK(pommel_open("x", "{\"nonsense\": 1}", &error) == NULL);
    CHECK(error && strcmp(pommel_error_code(error), "argument") == 0);
    pommel_error_free(error);

    /* Nobody has to listen. */
    CHECK(pommel_open("/nonexistent/model.pmml", NULL, NULL) == NULL);
    pommel_error_free(NULL);
    pommel_close(NULL);
    pommel_row_free(NULL);
    pommel_results_free(NULL);
    pommel_free(NULL);
}

static void test_schema(void) {
    pommel_model *model = open_fixture("hello");
    char *schema = pommel_schema(model);
    CHECK(schema && strstr(schema, "\"name\":\"petal_length\"") && strstr(schema, "\"dataType\":\"float\""));
    CHECK(schema && strstr(schema, "probability(virginica)") && strstr(schema, "SkLearn2PMML"));
    pommel_free(schema);

    const char *names[] = {"species"};
    pommel_model *chosen = pommel_select(model, names, 1, NULL);
    schema = pommel_schema(chosen);
    CHECK(schema && !strstr(schema, "probability(virginica)"));
    pommel_free(schema);
    pommel_error *error = NULL;
    names[0] = "no such field";
    CHECK(pommel_select(model, names, 1, &error) == NULL && strcmp(pommel_error_code(error), "unknown-field") == 0);
    pommel_error_free(error);
    pommel_close(model);

    /* The other handle lives on. */
    char *result = pommel_score_json(chosen, "{\"petal_length\": 4.7, \"petal_width\": 1.4}", NULL);
    CHECK(result && strcmp(result, "{\"species\":\"versicolor\"}") == 0);
    pommel_free(result);
    pommel_close(chosen);
}

static void test_native(void) {
    pommel_model *model = open_fixture("hello");
    size_t count = 0;
    const void *bytes = pommel_native_bytes(model, &count);
    pommel_model *copy = pommel_open_bytes(bytes, count, NULL, NULL, NULL);
    pommel_close(model);
    char *result = pommel_score_json(copy, "{\"petal_length\": \"6\", \"petal_width\": 2, \"other\": null}", NULL);
    CHECK(result && strstr(result, "\"species\":\"virginica\""));
    pommel_free(result);
    pommel_close(copy);
}

static void test_documents(void) {
    char path[1024];
    snprintf(path, sizeof path, "%s/hello/model.pmml", fixtures);
    char *report = pommel_validate(path, NULL, NULL);
    CHECK(report && strstr(report, "\"valid\":true"));
    pommel_free(report);

    pommel_error *error = NULL;
    CHECK(pommel_convert(path, "/nonexistent/out.pmml", "9.9", NULL, &error) == -1);
    CHECK(error && strcmp(pommel_error_code(error), "argument") == 0);
    pommel_error_free(error);

    char target[] = "/tmp/pommel_test.XXXXXX.pommel";
    int file = mkstemps(target, 7);
    CHECK(file >= 0 && pommel_convert(path, target, NULL, NULL, NULL) == 0);
    pommel_model *model = pommel_open(target, NULL, NULL);
    CHECK(model != NULL);
    pommel_close(model);
    remove(target);
}

/* ---- Single rows ---- */

static void test_rows(void) {
    pommel_model *model = open_fixture("hello");
    pommel_row *row = pommel_row_new(model);
    pommel_close(model);
    size_t inputs = 0, outputs = 0;
    pommel_value *in = pommel_row_inputs(row, &inputs);
    const pommel_value *out = pommel_row_outputs(row, &outputs);
    /* The target may be given, too: it is an input of the schema. */
    CHECK(inputs >= 2 && outputs == 4);
    for (size_t i = 0; i < inputs; i++) in[i] = (pommel_value){.kind = POMMEL_NUMBER, .number = 1.0};
    CHECK(pommel_row_score(row, NULL) == 0);
    CHECK(out[0].kind == POMMEL_TEXT && out[1].kind == POMMEL_NUMBER);

    /* A text that is no number: the row has no result, and the error says whose fault it is. */
    for (size_t i = 0; i < inputs; i++) in[i] = (pommel_value){.kind = POMMEL_TEXT, .length = 3, .text = "abc"};
    pommel_error *error = NULL;
    CHECK(pommel_row_score(row, &error) == -1);
    CHECK(error && strcmp(pommel_error_code(error), "not-a-number") == 0 && strcmp(pommel_error_value(error), "abc") == 0);
    CHECK(error && strncmp(pommel_error_field(error), "petal_", 6) == 0);
    pommel_error_free(error);

    /* A kind that there is not. */
    for (size_t i = 0; i < inputs; i++) in[i] = (pommel_value){.kind = 77};
    error = NULL;
    CHECK(pommel_row_score(row, &error) == -1 && strcmp(pommel_error_code(error), "argument") == 0);
    pommel_error_free(error);
    pommel_row_free(row);
}

static void test_lists(void) {
    pommel_model *model = open_fixture("cases/association-features");
    char *result = pommel_score_json(model, "{\"item\": [\"bread\", \"butter\"]}", NULL);
    CHECK(result && strstr(result, "\"o_antecedent\":[\"bread\",\"butter\"]") && strstr(result, "\"o_ruleId\":\"r3\""));
    pommel_free(result);
    pommel_row *row = pommel_row_new(model);
    size_t inputs = 0, outputs = 0;
    pommel_value *in = pommel_row_inputs(row, &inputs);
    const pommel_value *out = pommel_row_outputs(row, &outputs);
    const char *basket = "[\"bread\"]";
    for (size_t i = 0; i < inputs; i++) in[i] = (pommel_value){.kind = POMMEL_LIST, .length = (uint32_t)strlen(basket), .text = basket};
    CHECK(pommel_row_score(row, NULL) == 0);
    CHECK(outputs == 10 && out[1].kind == POMMEL_LIST && is_text(out[1].text, out[1].length, "[\"bread\"]"));
    CHECK(is_text(out[4].text, out[4].length, "r2") && out[5].number == 0.3);
    pommel_row_free(row);
    pommel_close(model);
}

/* ---- Columns ---- */

static void test_columns(void) {
    pommel_model *model = open_fixture("hello");
    const double length[] = {1.5, 4.5, 6.0, NAN};
    const char *const width[] = {"0.2", "1.5", "2.5", NULL};
    const pommel_column columns[] = {{"petal_length", length, NULL}, {"petal_width", NULL, width}, {"unknown", length, NULL}};
    pommel_results *results = pommel_score_columns(model, columns, 3, 4, 0, 0, NULL);
    CHECK(results && pommel_results_count(results) == 4);
    CHECK(strcmp(pommel_results_name(results, 0), "species") == 0);
    const char *expected[] = {"setosa", "versicolor", "virginica"};
    for (size_t row = 0; row < 3; row++) {
        size_t size = 0;
        const char *text = pommel_results_text(results, 0, row, &size);
        CHECK(is_text(text, size, expected[row]));
    }
    /* missingValueStrategy="nullPrediction" */
    CHECK(pommel_results_text(results, 0, 3, NULL) == NULL);
    CHECK(pommel_results_numbers(results, 0) == NULL);
    const double *setosa = pommel_results_numbers(results, 1);
    CHECK(setosa && setosa[0] == 1 && setosa[2] == 0 && isnan(setosa[3]));
    pommel_results_free(results);

    const char *const bad[] = {"0.2", "wide", "2.5", "1"};
    const pommel_column wrong[] = {{"petal_length", length, NULL}, {"petal_width", NULL, bad}};
    pommel_error *error = NULL;
    CHECK(pommel_score_columns(model, wrong, 2, 4, 1, 0, &error) == NULL);
    CHECK(error && pommel_error_row(error) == 1 && strcmp(pommel_error_value(error), "wide") == 0);
    pommel_error_free(error);
    results = pommel_score_columns(model, wrong, 2, 4, 1, POMMEL_ERROR_COLUMN, NULL);
    CHECK(results && pommel_results_count(results) == 5 && strcmp(pommel_results_name(results, 4), "error") == 0);
    CHECK(pommel_results_text(results, 4, 0, NULL) == NULL && pommel_results_text(results, 4, 1, NULL) != NULL);
    CHECK(pommel_results_text(results, 0, 1, NULL) == NULL);
    pommel_results_free(results);
    pommel_close(model);
}

/* ---- Arrow ---- */

static int released;

static void release_schema(struct ArrowSchema *schema) { schema->release = NULL; }
static void release_array(struct ArrowArray *array) {
    released++;
    array->release = NULL;
}

static struct ArrowSchema type_of(const char *format, const char *name) {
    return (struct ArrowSchema){.format = format, .name = name, .flags = ARROW_FLAG_NULLABLE, .release = release_schema};
}

static void test_arrow(void) {
    pommel_model *model = open_fixture("hello");
    /* Five cells, of which the table's own offset leaves out the first; cell 3 is null by its bit. */
    double length[] = {99, 1.5, 4.5, 6.0, 6.0};
    uint8_t validity[] = {0x17};
    const void *length_buffers[] = {validity, length};
    /* A dictionary of large strings. */
    int64_t offsets[] = {0, 3, 6, 9};
    const void *text_buffers[] = {NULL, offsets, "0.21.52.5"};
    struct ArrowArray texts = {.length = 3, .n_buffers = 3, .buffers = text_buffers, .release = release_array};
    struct ArrowSchema text_type = type_of("U", "");
    int8_t codes[] = {0, 0, 1, 2, 2};
    const void *code_buffers[] = {NULL, codes};
    struct ArrowArray columns[] = {
        {.length = 5, .null_count = 1, .n_buffers = 2, .buffers = length_buffers, .release = release_array},
        {.length = 5, .n_buffers = 2, .buffers = code_buffers, .dictionary = &texts, .release = release_array},
        /* A type that is not read, in a column that is not asked for. */
        {.length = 5, .n_buffers = 0, .release = release_array},
    };
    struct ArrowSchema types[] = {type_of("g", "petal_length"), type_of("c", "petal_width"), type_of("+ud:1,2", "other")};
    types[1].dictionary = &text_type;
    struct ArrowSchema *type_pointers[] = {&types[0], &types[1], &types[2]};
    struct ArrowArray *column_pointers[] = {&columns[0], &columns[1], &columns[2]};
    const void *no_buffers[] = {NULL};
    struct ArrowSchema schema = type_of("+s", "");
    schema.n_children = 3, schema.children = type_pointers;
    struct ArrowArray table = {.length = 4, .offset = 1, .n_buffers = 1, .n_children = 3, .buffers = no_buffers, .children = column_pointers, .release = release_array};

    struct ArrowSchema schema_out;
    struct ArrowArray out;
    CHECK(pommel_score_arrow(model, &schema, &table, 0, 0, &schema_out, &out, NULL) == 0);
    CHECK(strcmp(schema_out.format, "+s") == 0 && schema_out.n_children == 4 && out.length == 4 && out.n_children == 4);
    CHECK(strcmp(schema_out.children[0]->format, "u") == 0 && strcmp(schema_out.children[1]->format, "g") == 0);
    CHECK(strcmp(schema_out.children[0]->name, "species") == 0);
    const int32_t *ends = out.children[0]->buffers[1];
    const char *bytes = out.children[0]->buffers[2];
    CHECK(is_text(bytes + ends[0], (size_t)(ends[1] - ends[0]), "setosa"));
    CHECK(is_text(bytes + ends[1], (size_t)(ends[2] - ends[1]), "versicolor"));
    CHECK(out.children[0]->null_count == 1);
    const uint8_t *bits = out.children[0]->buffers[0];
    CHECK(bits && (bits[0] & 0x0f) == 0x0b);
    const double *setosa = out.children[1]->buffers[1];
    CHECK(setosa[0] == 1 && setosa[1] == 0);
    CHECK(released == 0);

    /* A child may be moved away and outlive its table. */
    struct ArrowArray kept = *out.children[1];
    out.children[1]->release = NULL;
    out.release(&out);
    CHECK(out.release == NULL && setosa[0] == 1);
    kept.release(&kept);
    schema_out.release(&schema_out);

    /* A column of a type that is not read is an error where it is needed. */
    types[0].format = "+ud:1,2";
    pommel_error *error = NULL;
    CHECK(pommel_score_arrow(model, &schema, &table, 1, 0, &schema_out, &out, &error) == -1);
    CHECK(error && strcmp(pommel_error_code(error), "arrow-type") == 0 && strcmp(pommel_error_field(error), "petal_length") == 0);
    pommel_error_free(error);

    CHECK(pommel_arrow_schema(model, POMMEL_ERROR_COLUMN, &schema_out) == 0 && schema_out.n_children == 5);
    schema_out.release(&schema_out);
    pommel_close(model);
}

/* A model that gives its one field back as it was prepared. */
static const char *echo =
    "<PMML version=\"4.4\" xmlns=\"http://www.dmg.org/PMML-4_4\"><Header/><DataDictionary>"
    "<DataField name=\"x\" optype=\"%s\" dataType=\"%s\"/><DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/></DataDictionary>"
    "<RegressionModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/><MiningField name=\"y\" usageType=\"target\"/></MiningSchema>"
    "<Output><OutputField name=\"z\" feature=\"transformedValue\" optype=\"%s\" dataType=\"%s\"><FieldRef field=\"x\"/></OutputField></Output>"
    "<RegressionTable intercept=\"0\"/></RegressionModel></PMML>";

static pommel_model *echo_model(const char *optype, const char *type) {
    char text[2048];
    snprintf(text, sizeof text, echo, optype, type, optype, type);
    pommel_error *error = NULL;
    pommel_model *model = pommel_open_bytes(text, strlen(text), "echo", NULL, &error);
    if (!model) {
        fprintf(stderr, "%s\n", pommel_error_text(error));
        exit(1);
    }
    const char *names[] = {"z"};
    pommel_model *chosen = pommel_select(model, names, 1, NULL);
    pommel_close(model);
    return chosen;
}

/* Scores one column `x` of a type; the first output's array and type. */
static void score_x(pommel_model *model, const char *format, const void *values, int64_t rows, struct ArrowSchema *schema_out, struct ArrowArray *out) {
    const void *buffers[] = {NULL, values};
    struct ArrowArray column = {.length = rows, .n_buffers = 2, .buffers = buffers, .release = release_array};
    struct ArrowSchema type = type_of(format, "x");
    struct ArrowSchema *types[] = {&type};
    struct ArrowArray *columns[] = {&column};
    const void *no_buffers[] = {NULL};
    struct ArrowSchema schema = type_of("+s", "");
    schema.n_children = 1, schema.children = types;
    struct ArrowArray table = {.length = rows, .n_buffers = 1, .n_children = 1, .buffers = no_buffers, .children = columns, .release = release_array};
    pommel_error *error = NULL;
    if (pommel_score_arrow(model, &schema, &table, 1, POMMEL_ERROR_COLUMN, schema_out, out, &error) != 0) {
        fprintf(stderr, "%s\n", pommel_error_text(error));
        exit(1);
    }
}

static void test_types(void) {
    struct ArrowSchema type;
    struct ArrowArray out;

    /* Whole numbers of every width. */
    struct { const char *format; const void *values; } wholes[] = {
        {"c", (const int8_t[]){-7, 100}}, {"C", (const uint8_t[]){249, 100}}, {"s", (const int16_t[]){-7, 100}}, {"S", (const uint16_t[]){249, 100}},
        {"i", (const int32_t[]){-7, 100}}, {"I", (const uint32_t[]){249, 100}}, {"l", (const int64_t[]){-7, 100}}, {"L", (const uint64_t[]){249, 100}},
        {"f", (const float[]){-7, 100}}, {"g", (const double[]){-7, 100}}, {"e", (const uint16_t[]){0xc700, 0x5640}},
    };
    pommel_model *model = echo_model("continuous", "double");
    pommel_model *integers = echo_model("continuous", "integer");
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
        score_x(model, wholes[i].format, wholes[i].values, 2, &type, &out);
        const double *z = out.children[0]->buffers[1];
        CHECK(strcmp(type.children[0]->format, "g") == 0 && (z[0] == -7 || z[0] == 249) && z[1] == 100);
        out.release(&out);
        type.release(&type);
        score_x(integers, wholes[i].format, wholes[i].values, 2, &type, &out);
        const int64_t *whole = out.children[0]->buffers[1];
        CHECK(strcmp(type.children[0]->format, "l") == 0 && (whole[0] == -7 || whole[0] == 249) && whole[1] == 100);
        out.release(&out);
        type.release(&type);
    }
    /* A whole number that a double would round is no value, and said to be none. */
    score_x(integers, "l", (const int64_t[]){9007199254740993, 5}, 2, &type, &out);
    CHECK(out.children[0]->null_count == 1 && out.children[1]->null_count == 1);
    out.release(&out);
    type.release(&type);
    pommel_close(integers);
    pommel_close(model);

    model = echo_model("categorical", "boolean");
    score_x(model, "b", (const uint8_t[]){0x05}, 3, &type, &out);
    CHECK(strcmp(type.children[0]->format, "b") == 0 && (*(const uint8_t *)out.children[0]->buffers[1] & 7) == 5);
    out.release(&out);
    type.release(&type);
    pommel_close(model);

    /* 2024-02-29 is day 19782. */
    model = echo_model("ordinal", "date");
    struct { const char *format; const void *values; } days[] = {
        {"tdD", (const int32_t[]){19782}}, {"tdm", (const int64_t[]){19782LL * 86400000}}, {"tss:", (const int64_t[]){19782LL * 86400}},
        {"tsn:UTC", (const int64_t[]){19782LL * 86400 * 1000000000}},
    };
    for (size_t i = 0; i < 4; i++) {
        score_x(model, days[i].format, days[i].values, 1, &type, &out);
        CHECK(strcmp(type.children[0]->format, "tdD") == 0 && *(const int32_t *)out.children[0]->buffers[1] == 19782);
        out.release(&out);
        type.release(&type);
    }
    pommel_close(model);

    model = echo_model("ordinal", "dateTime");
    struct { const char *format; const void *values; } moments[] = {
        {"tss:", (const int64_t[]){1709211845}}, {"tsm:", (const int64_t[]){1709211845000}}, {"tsu:+02:00", (const int64_t[]){1709211845000000}},
        {"tsn:", (const int64_t[]){1709211845000000000}},
    };
    for (size_t i = 0; i < 4; i++) {
        score_x(model, moments[i].format, moments[i].values, 1, &type, &out);
        CHECK(strcmp(type.children[0]->format, "tsu:") == 0 && *(const int64_t *)out.children[0]->buffers[1] == 1709211845000000);
        out.release(&out);
        type.release(&type);
    }
    pommel_close(model);

    model = echo_model("ordinal", "time");
    score_x(model, "ttm", (const int32_t[]){3661500}, 1, &type, &out);
    CHECK(strcmp(type.children[0]->format, "ttu") == 0 && *(const int64_t *)out.children[0]->buffers[1] == 3661500000);
    out.release(&out);
    type.release(&type);
    pommel_close(model);

    /* Anything can be a text. */
    model = echo_model("categorical", "string");
    score_x(model, "l", (const int64_t[]){9007199254740993}, 1, &type, &out);
    CHECK(is_text(out.children[0]->buffers[2], 16, "9007199254740993"));
    out.release(&out);
    type.release(&type);
    score_x(model, "tdD", (const int32_t[]){19782}, 1, &type, &out);
    CHECK(is_text(out.children[0]->buffers[2], 10, "2024-02-29"));
    out.release(&out);
    type.release(&type);
    pommel_close(model);
}

/* ---- Streams ---- */

struct chunks {
    int next, count;
    double values[3][2];
    const void *buffers[3][2];
    struct ArrowArray columns[3];
    struct ArrowArray *pointers[3];
};

static struct ArrowSchema stream_type, *stream_types[1];
static const void *stream_no_buffers[1];

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    (void)stream;
    stream_type = type_of("g", "x");
    stream_types[0] = &stream_type;
    *out = type_of("+s", "");
    out->n_children = 1, out->children = stream_types;
    return 0;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    struct chunks *chunks = stream->private_data;
    *out = (struct ArrowArray){0};
    if (chunks->next == chunks->count) return 0;
    int index = chunks->next++;
    chunks->buffers[index][1] = chunks->values[index];
    chunks->columns[index] = (struct ArrowArray){.length = 2, .n_buffers = 2, .buffers = chunks->buffers[index], .release = release_array};
    chunks->pointers[index] = &chunks->columns[index];
    *out = (struct ArrowArray){.length = 2, .n_buffers = 1, .n_children = 1, .buffers = stream_no_buffers, .children = &chunks->pointers[index], .release = release_array};
    return 0;
}

static const char *stream_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}
static void stream_release(struct ArrowArrayStream *stream) { stream->release = NULL; }

static void test_streams(void) {
    struct chunks chunks = {.count = 3, .values = {{1, 2}, {3, 4}, {5, 6}}};
    struct ArrowArrayStream in = {stream_schema, stream_next, stream_error, stream_release, &chunks}, out;
    pommel_model *model = echo_model("continuous", "double");
    released = 0;
    CHECK(pommel_score_stream(model, &in, 1, 0, &out, NULL) == 0 && in.release == NULL);
    pommel_close(model);
    struct ArrowSchema schema;
    CHECK(out.get_schema(&out, &schema) == 0 && schema.n_children == 1);
    schema.release(&schema);
    double sum = 0;
    for (;;) {
        struct ArrowArray chunk;
        CHECK(out.get_next(&out, &chunk) == 0);
        if (!chunk.release) break;
        const double *z = chunk.children[0]->buffers[1];
        sum += z[0] + z[1];
        chunk.release(&chunk);
    }
    CHECK(sum == 21 && released == 3);
    CHECK(out.get_last_error(&out) == NULL && pommel_stream_error(&out) == NULL);
    out.release(&out);
}

/* ---- Threads ---- */

static void *score_many(void *argument) {
    const pommel_model *model = argument;
    long wrong = 0;
    for (int i = 0; i < 200; i++) {
        char *result = pommel_score_json(model, i % 2 ? "{\"petal_length\": 1.4, \"petal_width\": 0.2}" : "{\"petal_length\": 6, \"petal_width\": 2.3}", NULL);
        if (!result || !strstr(result, i % 2 ? "\"setosa\"" : "\"virginica\"")) wrong++;
        pommel_free(result);
        const double numbers[] = {1.4, 6.0};
        const pommel_column columns[] = {{"petal_length", numbers, NULL}, {"petal_width", numbers, NULL}};
        pommel_results *results = pommel_score_columns(model, columns, 2, 2, 1, 0, NULL);
        if (!results || pommel_results_numbers(results, 3)[1] != 1) wrong++;
        pommel_results_free(results);
    }
    return (void *)wrong;
}

static void test_threads(void) {
    pommel_model *model = open_fixture("hello");
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, score_many, model);
    for (int i = 0; i < 4; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        CHECK(wrong == NULL);
    }
    /* A table of many rows is shared among threads of its own. */
    size_t rows = 20000;
    double *numbers = malloc(rows * sizeof *numbers);
    for (size_t i = 0; i < rows; i++) numbers[i] = (double)(i % 70) / 10;
    const pommel_column columns[] = {{"petal_length", numbers, NULL}, {"petal_width", numbers, NULL}};
    pommel_results *one = pommel_score_columns(model, columns, 2, rows, 1, 0, NULL), *four = pommel_score_columns(model, columns, 2, rows, 4, 0, NULL);
    for (size_t i = 0; i < rows; i++) {
        size_t a = 0, b = 0;
        const char *first = pommel_results_text(one, 0, i, &a), *second = pommel_results_text(four, 0, i, &b);
        if (a != b || memcmp(first, second, a) != 0 || pommel_results_numbers(one, 2)[i] != pommel_results_numbers(four, 2)[i]) {
            CHECK(!"the same results with more threads");
            break;
        }
    }
    pommel_results_free(one);
    pommel_results_free(four);
    free(numbers);
    pommel_close(model);
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    fixtures = argv[1];
    CHECK(pommel_abi_version() == POMMEL_ABI_VERSION);
    test_errors();
    test_schema();
    test_native();
    test_documents();
    test_rows();
    test_lists();
    test_columns();
    test_arrow();
    test_types();
    test_streams();
    test_threads();
    if (failures == 0) puts("all as it should be");
    return failures != 0;
}
