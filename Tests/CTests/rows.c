/* Single rows. */
#include <string.h>

#include "check.h"

void test_rows(void) {
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

    /* A list for a field that takes none. */
    for (size_t i = 0; i < inputs; i++) in[i] = (pommel_value){.kind = POMMEL_LIST, .length = 3, .text = "[1]"};
    error = NULL;
    CHECK(pommel_row_score(row, &error) == -1 && strcmp(pommel_error_code(error), "argument") == 0);
    CHECK(error && pommel_error_field(error) && strncmp(pommel_error_field(error), "petal_", 6) == 0);
    pommel_error_free(error);

    /* A kind that there is not. */
    for (size_t i = 0; i < inputs; i++) in[i] = (pommel_value){.kind = 77};
    error = NULL;
    CHECK(pommel_row_score(row, &error) == -1 && strcmp(pommel_error_code(error), "argument") == 0);
    pommel_error_free(error);
    pommel_row_free(row);
}

void test_lists(void) {
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
