/* The header has no code of its own; what it promises about layout is checked here. */
#include "pommel.h"

_Static_assert(sizeof(pommel_value) == 16, "a pommel_value is two words");
_Static_assert(sizeof(struct ArrowArray) == 80 && sizeof(struct ArrowSchema) == 72, "Arrow's structures are laid out as on its 64-bit platforms");
