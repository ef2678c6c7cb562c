/* Opening, errors, and what a model says of itself. */
#include <stdlib.h>
#include <string.h>

#include "check.h"

void test_errors(void) {
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

    error = NULL;
    CHECK(pommel_open_bytes(broken, strlen(broken), NULL, "{\"limits\": {\"depth\": 1}}", &error) == NULL);
    CHECK(error && strcmp(pommel_error_code(error), "xml-depth-limit") == 0);
    pommel_error_free(error);

    const char *wrong[] = {"{\"limits\": {\"width\": 1}}", "{\"limits\": {\"depth\": 0.5}}", "{\"limits\": {\"depth\": 0}}", "{\"limits\": 7}", "{\"map\": 1}", "[", "7"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        error = NULL;
        CHECK(pommel_open_bytes(broken, strlen(broken), NULL, wrong[i], &error) == NULL);
        CHECK(error && strcmp(pommel_error_code(error), "argument") == 0);
        pommel_error_free(error);
    }

    /* Nobody has to listen. */
    CHECK(pommel_open("/nonexistent/model.pmml", NULL, NULL) == NULL);
    pommel_error_free(NULL);
    pommel_close(NULL);
    pommel_row_free(NULL);
    pommel_results_free(NULL);
    pommel_free(NULL);
}

void test_schema(void) {
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

void test_native(void) {
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

void test_documents(void) {
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
