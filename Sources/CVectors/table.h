// The table of one set of functions, for vectors.c.

static const vector_functions NAME(functions) = {
    .products = NAME(products),
    .squared_distances = NAME(squared_distances),
    .column_distances = NAME(column_distances),
    .least = NAME(least),
    .layer = NAME(layer),
    .add_columns = NAME(add_columns),
    .exponential = NAME(exponential),
    .logistic = NAME(logistic),
    .tanh = NAME(tanh),
    .near = NAME(near),
    .find_leaves = NAME(find_leaves),
    .rank = NAME(rank),
    .look_up = NAME(look_up),
};

#undef FOR
#undef NAME
#undef TILE
