/* Calls everything of pommel.h as a C program does. `pommel_test FIXTURES`: the fixtures' directory; says what failed, and gives 1 if anything did. */
#include <stdlib.h>
#include <string.h>

#include "check.h"

int failures;
const char *fixtures;

pommel_model *open_fixture(const char *name) {
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

int is_text(const char *text, size_t length, const char *expected) {
    return text && length == strlen(expected) && memcmp(text, expected, length) == 0;
}

/* A model that gives its one field back as it was prepared. */
static const char *echo =
    "<PMML version=\"4.4\" xmlns=\"http://www.dmg.org/PMML-4_4\"><Header/><DataDictionary>"
    "<DataField name=\"x\" optype=\"%s\" dataType=\"%s\"/><DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/></DataDictionary>"
    "<RegressionModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/><MiningField name=\"y\" usageType=\"target\"/></MiningSchema>"
    "<Output><OutputField name=\"z\" feature=\"transformedValue\" optype=\"%s\" dataType=\"%s\"><FieldRef field=\"x\"/></OutputField></Output>"
    "<RegressionTable intercept=\"0\"/></RegressionModel></PMML>";

pommel_model *echo_model(const char *optype, const char *type) {
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

int released;

static void release_schema(struct ArrowSchema *schema) { schema->release = NULL; }
void release_array(struct ArrowArray *array) {
    released++;
    array->release = NULL;
}

struct ArrowSchema type_of(const char *format, const char *name) {
    return (struct ArrowSchema){.format = format, .name = name, .flags = ARROW_FLAG_NULLABLE, .release = release_schema};
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
