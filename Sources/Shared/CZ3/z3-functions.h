// The functions of Z3's C API that SMT calls, as a table that is filled when Z3 is first needed.
//
// Types and signatures come from z3.h, so the compiler checks every call; the library itself is
// opened at run time. What each function does: https://z3prover.github.io/api/html/group__capi.html

#pragma once

#if !__has_include(<z3.h>)
#error "Z3's header z3.h is missing; install it with: apt-get install libz3-dev"
#else

#include <z3.h>
#include <z3_version.h>
#include <dlfcn.h>
#include <stddef.h>

#if Z3_MAJOR_VERSION < 4 || (Z3_MAJOR_VERSION == 4 && Z3_MINOR_VERSION < 8) || \
    (Z3_MAJOR_VERSION == 4 && Z3_MINOR_VERSION == 8 && Z3_BUILD_NUMBER < 12)
#error "Z3's header is older than 4.8.12; install a newer one with: apt-get install libz3-dev"
#endif

#define Z3_FUNCTIONS(X) \
  X(get_version) X(toggle_warning_messages) X(global_param_set) \
  X(mk_config) X(del_config) X(mk_context_rc) X(del_context) X(interrupt) \
  X(set_error_handler) X(get_error_code) X(get_error_msg) \
  X(inc_ref) X(dec_ref) \
  X(mk_string_symbol) X(get_symbol_string) X(mk_int_sort) X(mk_bool_sort) \
  X(mk_const) X(mk_numeral) X(mk_true) X(mk_false) \
  X(mk_not) X(mk_and) X(mk_or) X(mk_implies) X(mk_eq) X(mk_ite) \
  X(mk_add) X(mk_mul) X(mk_unary_minus) X(mk_div) X(mk_mod) X(mk_lt) X(mk_le) \
  X(get_ast_kind) X(get_numeral_string) X(get_bool_value) X(get_decl_name) \
  X(mk_params) X(params_inc_ref) X(params_dec_ref) X(params_set_uint) X(params_set_bool) \
  X(ast_vector_inc_ref) X(ast_vector_dec_ref) X(ast_vector_size) X(ast_vector_get) \
  X(model_inc_ref) X(model_dec_ref) X(model_get_num_consts) X(model_get_const_decl) \
  X(model_get_const_interp) \
  X(mk_solver) X(solver_inc_ref) X(solver_dec_ref) X(solver_set_params) \
  X(solver_push) X(solver_pop) X(solver_assert) X(solver_check_assumptions) \
  X(solver_get_model) X(solver_get_unsat_core) X(solver_get_reason_unknown) \
  X(mk_optimize) X(optimize_inc_ref) X(optimize_dec_ref) X(optimize_set_params) \
  X(optimize_assert) X(optimize_minimize) X(optimize_maximize) X(optimize_check) \
  X(optimize_get_model) X(optimize_get_lower) X(optimize_get_upper) \
  X(optimize_get_reason_unknown)

// One member for each function, with the name and the type that z3.h gives it.
typedef struct Z3Functions {
#define X(name) __typeof__(Z3_##name) *_Nonnull name;
  Z3_FUNCTIONS(X)
#undef X
} Z3Functions;

// Fills the table from an open library. Returns the name of a function that the library does not
// have, or NULL if all are there.
static inline const char *_Nullable Z3Functions_fill(
    Z3Functions *_Nonnull functions, void *_Nonnull library) {
#define X(name) \
  { \
    void *symbol = dlsym(library, "Z3_" #name); \
    if (symbol == NULL) return "Z3_" #name; \
    functions->name = (__typeof__(Z3_##name) *)symbol; \
  }
  Z3_FUNCTIONS(X)
#undef X
  return NULL;
}

#endif
