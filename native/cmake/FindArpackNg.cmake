# Finds ARPACK-NG with the ISO C binding (dsaupd_c, dseupd_c), which is what FastNqe calls by P/Invoke, with integers of 32 or 64 bits, both
# of which it can call.
#
#   ArpackNg_FOUND, ArpackNg_LIBRARY, ArpackNg_INTEGER_BITS, and the target ArpackNg::ArpackNg
#
# FASTNQE_ARPACK in the environment, the same that the program reads, names a library file and is taken before all others.

include(FindPackageHandleStandardArgs)
include(CheckCSourceCompiles)

if(DEFINED ENV{FASTNQE_ARPACK} AND EXISTS "$ENV{FASTNQE_ARPACK}" AND NOT IS_DIRECTORY "$ENV{FASTNQE_ARPACK}")
  set(ArpackNg_LIBRARY "$ENV{FASTNQE_ARPACK}" CACHE FILEPATH "The ARPACK-NG library")
endif()
find_library(ArpackNg_LIBRARY NAMES arpack libarpack.so.2 arpack64 libarpack64.so.2 arpackILP64 libarpackILP64.so.2 DOC "The ARPACK-NG library")

set(reason "Install it (Debian: libarpack2-dev, Fedora: arpack-devel, Homebrew: arpack) or set FASTNQE_ARPACK to the library file.")
if(ArpackNg_LIBRARY)
  set(CMAKE_REQUIRED_LIBRARIES ${ArpackNg_LIBRARY})
  check_c_source_compiles("
    void dsaupd_c(void);
    void dseupd_c(void);
    int main(void) { dsaupd_c(); dseupd_c(); return 0; }" ArpackNg_HAS_C_BINDING)
  unset(CMAKE_REQUIRED_LIBRARIES)
  if(NOT ArpackNg_HAS_C_BINDING)
    set(reason "${ArpackNg_LIBRARY} has no ISO C binding (dsaupd_c): build ARPACK-NG with -DICB=ON.")
  elseif(CMAKE_CROSSCOMPILING)
    set(ArpackNg_INTEGER_BITS 32 CACHE STRING "The library's integer width; cannot be run to find out when cross-compiling")
  elseif(NOT DEFINED ArpackNg_INTEGER_BITS)
    # Headers may belong to another build of the library: ask the library itself.
    try_run(exit_code compiled ${CMAKE_BINARY_DIR}/CMakeFiles/arpack ${CMAKE_CURRENT_LIST_DIR}/arpack_integer_width.c
      LINK_LIBRARIES ${ArpackNg_LIBRARY})
    if(compiled AND (exit_code EQUAL 32 OR exit_code EQUAL 64))
      set(ArpackNg_INTEGER_BITS ${exit_code} CACHE STRING "The library's integer width")
    endif()
  endif()
  if(ArpackNg_HAS_C_BINDING AND NOT ArpackNg_INTEGER_BITS)
    set(reason "${ArpackNg_LIBRARY} does not answer as ARPACK-NG does when its dsaupd_c is called with n = 0.")
  endif()
endif()

find_package_handle_standard_args(ArpackNg
  REQUIRED_VARS ArpackNg_LIBRARY ArpackNg_HAS_C_BINDING ArpackNg_INTEGER_BITS
  REASON_FAILURE_MESSAGE "${reason}")

if(ArpackNg_FOUND AND NOT ArpackNg_FIND_QUIETLY)
  message(STATUS "ARPACK-NG has ${ArpackNg_INTEGER_BITS}-bit integers")
endif()
if(ArpackNg_FOUND AND NOT TARGET ArpackNg::ArpackNg)
  add_library(ArpackNg::ArpackNg UNKNOWN IMPORTED)
  set_target_properties(ArpackNg::ArpackNg PROPERTIES IMPORTED_LOCATION ${ArpackNg_LIBRARY})
endif()
mark_as_advanced(ArpackNg_LIBRARY ArpackNg_INTEGER_BITS)
