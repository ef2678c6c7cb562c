/* Many threads with one model, and many threads for one table. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

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

void test_threads(void) {
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
