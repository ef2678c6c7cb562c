/* Columns of every type of Arrow's. */
#include <stdlib.h>
#include <string.h>

#include "check.h"

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

void test_types(void) {
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
    /* Decimals: whole numbers with a point, the nearest double of them, and all of their digits. */
    struct { const char *format; const void *values; double number; const char *text; } decimals[] = {
        {"d:9,2,32", (const int32_t[]){-125}, -1.25, "-1.25"}, {"d:18,3,64", (const int64_t[]){7}, 0.007, "0.007"},
        {"d:38,1", (const uint64_t[]){(uint64_t)-15, UINT64_MAX}, -1.5, "-1.5"}, {"d:38,-2", (const uint64_t[]){12, 0}, 1200, "12e2"},
        /* 2^64 + 3 */
        {"d:38,4", (const uint64_t[]){3, 1}, 1844674407370955.1619, "1844674407370955.1619"},
    };
    pommel_model *texts = echo_model("categorical", "string");
    for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++) {
        score_x(model, decimals[i].format, decimals[i].values, 1, &type, &out);
        CHECK(*(const double *)out.children[0]->buffers[1] == decimals[i].number);
        out.release(&out);
        type.release(&type);
        score_x(texts, decimals[i].format, decimals[i].values, 1, &type, &out);
        CHECK(is_text(out.children[0]->buffers[2], strlen(decimals[i].text), decimals[i].text));
        out.release(&out);
        type.release(&type);
    }
    pommel_close(texts);

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
    score_x(model, "tDs", (const int64_t[]){3661}, 1, &type, &out);
    CHECK(*(const int64_t *)out.children[0]->buffers[1] == 3661000000);
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
