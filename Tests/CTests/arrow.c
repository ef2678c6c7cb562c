/* Tables of Arrow: offsets, validity, dictionaries, and whose memory is whose. */
#include <string.h>

#include "check.h"

void test_arrow(void) {
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
