/* Plain columns of C. */
#include <math.h>
#include <string.h>

#include "check.h"

void test_columns(void) {
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
