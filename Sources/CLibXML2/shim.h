#include <libxml/xmlversion.h>
// Debian's libxml2 uses ICU inside, and its headers then bring ICU's in, which clash with Foundation's own copy.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
