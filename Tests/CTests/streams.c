/* Streams of Arrow. */
#include "check.h"

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

void test_streams(void) {
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
