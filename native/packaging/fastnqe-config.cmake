# find_package(fastnqe) gives the target fastnqe::fastnqe: the C and C++ headers and the shared library.

get_filename_component(fastnqe_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET fastnqe::fastnqe)
  add_library(fastnqe::fastnqe SHARED IMPORTED)
  set_target_properties(fastnqe::fastnqe PROPERTIES
    IMPORTED_LOCATION "${fastnqe_prefix}/lib/libfastnqe.so.0"
    IMPORTED_SONAME libfastnqe.so.0
    INTERFACE_INCLUDE_DIRECTORIES "${fastnqe_prefix}/include")
endif()
# A module file belongs to one compiler: Fortran codes compile the interface's source with their own.
set(fastnqe_FORTRAN_SOURCE "${fastnqe_prefix}/include/fastnqe.f90")
set(fastnqe_PYTHON_DIR "${fastnqe_prefix}/lib/python")
