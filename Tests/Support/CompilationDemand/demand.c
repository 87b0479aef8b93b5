#include "demand.h"

#include <stdlib.h>

__attribute__((constructor)) static void demand_compilation(void) {
  setenv("SWAPCHECK_REQUIRE_COMPILED", "1", 0);
}
