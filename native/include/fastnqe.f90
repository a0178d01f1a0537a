! fastnqe.f90 - the C interface of fastnqe.h for Fortran 2018. Compile it with your own code and link -lfastnqe.
!
! A field x(d, N) or x(d*N) lies in memory as the interface expects it (x0 y0 z0 x1 ...); for x(N, d) set particle_stride = 1 and
! component_stride = N in the system. Units, signs, threads and errors are as fastnqe.h says. Axes and types count from 0.
module fastnqe
  use, intrinsic :: iso_c_binding
  implicit none
  public

  integer(c_int32_t), parameter :: fnqe_done = 0, fnqe_not_converged = 1, fnqe_bad_argument = -1, fnqe_bad_handle = -2, &
    fnqe_busy = -3, fnqe_cancelled = -4, fnqe_out_of_memory = -5, fnqe_no_arpack = -6, fnqe_failed = -7
  integer(c_int32_t), parameter :: fnqe_squared_distance = 0, fnqe_distance = 1
  ! How the search for a mode ended, fnqe_mode%end.
  integer(c_int32_t), parameter :: fnqe_end_converged = 0, fnqe_end_stagnated = 1, &
    fnqe_end_out_of_sweeps = 2, fnqe_end_undefined = 3

  type, bind(c) :: fnqe_table
    integer(c_int32_t) :: type_i = 0
    integer(c_int32_t) :: type_j = 0
    real(c_double) :: first = 0
    real(c_double) :: cutoff = 0
    type(c_ptr) :: rows = c_null_ptr   ! of an array (0:4, rows)
    integer(c_int64_t) :: rows_size = 0
  end type

  type, bind(c) :: fnqe_system
    integer(c_int32_t) :: dimension = 3
    integer(c_int32_t) :: reserved = 0
    integer(c_int64_t) :: particles = 0
    real(c_double) :: box(16) = 0
    type(c_ptr) :: positions = c_null_ptr
    integer(c_int64_t) :: positions_size = 0
    type(c_ptr) :: diameters = c_null_ptr
    integer(c_int64_t) :: diameters_size = 0
    type(c_ptr) :: types = c_null_ptr
    integer(c_int64_t) :: types_size = 0
    integer(c_int64_t) :: particle_stride = 0
    integer(c_int64_t) :: component_stride = 0
  end type

  type, bind(c) :: fnqe_options
    real(c_double) :: tolerance = 0
    integer(c_int64_t) :: max_sweeps = 0
    integer(c_int32_t) :: method = 0
    integer(c_int32_t) :: reserved = 0
    type(c_funptr) :: progress = c_null_funptr
    type(c_ptr) :: user = c_null_ptr
  end type

  type, bind(c) :: fnqe_glass_info
    integer(c_int32_t) :: dimension, quenched
    integer(c_int64_t) :: particles, pairs
    real(c_double) :: energy, pressure, max_force
    integer(c_int64_t) :: iterations, sweeps
  end type

  type, bind(c) :: fnqe_coefficients
    real(c_double) :: stiffness, cubic_coefficient, quartic_coefficient, participation_ratio
    real(c_double) :: quartic_energy, cubic_energy, geometric_cost
  end type

  type, bind(c) :: fnqe_eigenpair
    real(c_double) :: stiffness, frequency, participation_ratio, residual
  end type

  type, bind(c) :: fnqe_mode
    type(fnqe_coefficients) :: coefficients
    real(c_double) :: frequency, residual
    integer(c_int32_t) :: converged, end
    integer(c_int64_t) :: iterations, sweeps
  end type

  type, bind(c) :: fnqe_moduli
    real(c_double) :: shear_modulus, bulk_modulus, born_bulk_modulus, pressure, residual, stress(16)
  end type

  type, bind(c) :: fnqe_shear
    real(c_double) :: modulus, born_modulus, non_affine_modulus, stress, residual
    integer(c_int64_t) :: sweeps
  end type

  ! Signatures of the caller's functions, for c_funloc.
  abstract interface
    function fnqe_progress(user, sweeps, residual) bind(c) result(cancel)
      import :: c_ptr, c_int64_t, c_double, c_int32_t
      type(c_ptr), value :: user
      integer(c_int64_t), value :: sweeps
      real(c_double), value :: residual
      integer(c_int32_t) :: cancel
    end function
    function fnqe_cutoff_function(user, size_i, size_j) bind(c) result(cutoff)
      import :: c_ptr, c_double
      type(c_ptr), value :: user
      real(c_double), value :: size_i, size_j
      real(c_double) :: cutoff
    end function
    subroutine fnqe_pair_function(user, x, size_i, size_j, phi) bind(c)
      import :: c_ptr, c_double
      type(c_ptr), value :: user
      real(c_double), value :: x, size_i, size_j
      real(c_double), intent(out) :: phi(0:4)
    end subroutine
  end interface

  interface
    function fnqe_simd_width() bind(c) result(width)
      import :: c_int32_t
      integer(c_int32_t) :: width
    end function
    function fnqe_build_level() bind(c) result(level)
      import :: c_int32_t
      integer(c_int32_t) :: level
    end function
    function fnqe_cpu_level() bind(c) result(level)
      import :: c_int32_t
      integer(c_int32_t) :: level
    end function
    function fnqe_last_error(buffer, size) bind(c) result(needed)
      import :: c_char, c_int64_t
      character(kind=c_char), intent(out) :: buffer(*)
      integer(c_int64_t), value :: size
      integer(c_int64_t) :: needed
    end function
    function fnqe_free(handle) bind(c) result(status)
      import :: c_int64_t, c_int32_t
      integer(c_int64_t), value :: handle
      integer(c_int32_t) :: status
    end function

    function fnqe_potential_model_c(name, potential) bind(c, name="fnqe_potential_model") result(status)
      import :: c_char, c_int64_t, c_int32_t
      character(kind=c_char), intent(in) :: name(*)
      integer(c_int64_t), intent(out) :: potential
      integer(c_int32_t) :: status
    end function
    function fnqe_potential_inverse_power(exponent, cutoff, smoothing_order, non_additivity, potential) bind(c) result(status)
      import :: c_int64_t, c_int32_t, c_double
      integer(c_int32_t), value :: exponent, smoothing_order
      real(c_double), value :: cutoff, non_additivity
      integer(c_int64_t), intent(out) :: potential
      integer(c_int32_t) :: status
    end function
    function fnqe_potential_custom(cutoff, derivatives, variable, user, potential) bind(c) result(status)
      import :: c_funptr, c_ptr, c_int64_t, c_int32_t
      type(c_funptr), value :: cutoff, derivatives
      integer(c_int32_t), value :: variable
      type(c_ptr), value :: user
      integer(c_int64_t), intent(out) :: potential
      integer(c_int32_t) :: status
    end function
    function fnqe_potential_tabulated(tables, count, variable, potential) bind(c) result(status)
      import :: fnqe_table, c_int64_t, c_int32_t
      type(fnqe_table), intent(in) :: tables(*)
      integer(c_int64_t), value :: count
      integer(c_int32_t), value :: variable
      integer(c_int64_t), intent(out) :: potential
      integer(c_int32_t) :: status
    end function

    function fnqe_glass_at(system, potential, glass) bind(c) result(status)
      import :: fnqe_system, c_int64_t, c_int32_t
      type(fnqe_system), intent(in) :: system
      integer(c_int64_t), value :: potential
      integer(c_int64_t), intent(out) :: glass
      integer(c_int32_t) :: status
    end function
    function fnqe_glass_quench(system, potential, options, glass) bind(c) result(status)
      import :: fnqe_system, fnqe_options, c_int64_t, c_int32_t
      type(fnqe_system), intent(in) :: system
      integer(c_int64_t), value :: potential
      type(fnqe_options), intent(in), optional :: options
      integer(c_int64_t), intent(out) :: glass
      integer(c_int32_t) :: status
    end function
    function fnqe_glass_info_of(glass, info) bind(c) result(status)
      import :: fnqe_glass_info, c_int64_t, c_int32_t
      integer(c_int64_t), value :: glass
      type(fnqe_glass_info), intent(out) :: info
      integer(c_int32_t) :: status
    end function
    function fnqe_glass_positions(glass, positions, size) bind(c) result(status)
      import :: c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(inout) :: positions(*)
      integer(c_int32_t) :: status
    end function

    function fnqe_hessian_product(glass, z, product, size, k) bind(c) result(status)
      import :: c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(in) :: z(*)
      real(c_double), intent(inout) :: product(*)
      real(c_double), intent(out), optional :: k
      integer(c_int32_t) :: status
    end function
    function fnqe_cubic_contraction(glass, z, product, contraction, size, scalars) bind(c) result(status)
      import :: c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(in) :: z(*)
      real(c_double), intent(inout) :: product(*), contraction(*)
      real(c_double), intent(out), optional :: scalars(2)
      integer(c_int32_t) :: status
    end function
    function fnqe_quartic_contraction(glass, z, product, contraction, size, scalars) bind(c) result(status)
      import :: c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(in) :: z(*)
      real(c_double), intent(inout) :: product(*), contraction(*)
      real(c_double), intent(out), optional :: scalars(2)
      integer(c_int32_t) :: status
    end function
    function fnqe_geometric_contraction(glass, z, product, contraction, size, scalars) bind(c) result(status)
      import :: c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(in) :: z(*)
      real(c_double), intent(inout) :: product(*), contraction(*)
      real(c_double), intent(out), optional :: scalars(2)
      integer(c_int32_t) :: status
    end function
    function fnqe_mixed_cubic_contraction(glass, u, v, contraction, size) bind(c) result(status)
      import :: c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(in) :: u(*), v(*)
      real(c_double), intent(inout) :: contraction(*)
      integer(c_int32_t) :: status
    end function
    function fnqe_mixed_quartic_contraction(glass, u, v, w, contraction, size) bind(c) result(status)
      import :: c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(in) :: u(*), v(*), w(*)
      real(c_double), intent(inout) :: contraction(*)
      integer(c_int32_t) :: status
    end function
    function fnqe_coefficients_of(glass, z, size, coefficients) bind(c) result(status)
      import :: fnqe_coefficients, c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(in) :: z(*)
      type(fnqe_coefficients), intent(out) :: coefficients
      integer(c_int32_t) :: status
    end function

    function fnqe_lowest_eigenpairs(glass, count, options, pairs, vectors, size) bind(c) result(status)
      import :: fnqe_options, fnqe_eigenpair, c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      integer(c_int32_t), value :: count
      type(fnqe_options), intent(in), optional :: options
      type(fnqe_eigenpair), intent(inout) :: pairs(*)
      real(c_double), intent(inout), optional :: vectors(*)
      integer(c_int32_t) :: status
    end function
    function fnqe_quartic_mode(glass, direction, options, found, mode, size) bind(c) result(status)
      import :: fnqe_options, fnqe_mode, c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(in) :: direction(*)
      type(fnqe_options), intent(in), optional :: options
      type(fnqe_mode), intent(out) :: found
      real(c_double), intent(inout), optional :: mode(*)
      integer(c_int32_t) :: status
    end function
    function fnqe_cubic_mode(glass, direction, options, found, mode, size) bind(c) result(status)
      import :: fnqe_options, fnqe_mode, c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(in) :: direction(*)
      type(fnqe_options), intent(in), optional :: options
      type(fnqe_mode), intent(out) :: found
      real(c_double), intent(inout), optional :: mode(*)
      integer(c_int32_t) :: status
    end function
    function fnqe_pseudo_harmonic_mode(glass, direction, options, found, mode, size) bind(c) result(status)
      import :: fnqe_options, fnqe_mode, c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      real(c_double), intent(in) :: direction(*)
      type(fnqe_options), intent(in), optional :: options
      type(fnqe_mode), intent(out) :: found
      real(c_double), intent(inout), optional :: mode(*)
      integer(c_int32_t) :: status
    end function

    function fnqe_moduli_of(glass, options, moduli) bind(c) result(status)
      import :: fnqe_options, fnqe_moduli, c_int64_t, c_int32_t
      integer(c_int64_t), value :: glass
      type(fnqe_options), intent(in), optional :: options
      type(fnqe_moduli), intent(out) :: moduli
      integer(c_int32_t) :: status
    end function
    function fnqe_shear_response(glass, a, b, options, shear, force, velocity, size) bind(c) result(status)
      import :: fnqe_options, fnqe_shear, c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      integer(c_int32_t), value :: a, b
      type(fnqe_options), intent(in), optional :: options
      type(fnqe_shear), intent(out) :: shear
      real(c_double), intent(inout), optional :: force(*), velocity(*)
      integer(c_int32_t) :: status
    end function
    function fnqe_shear_coupling(glass, a, b, mode, size, nu) bind(c) result(status)
      import :: c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: glass, size
      integer(c_int32_t), value :: a, b
      real(c_double), intent(in) :: mode(*)
      real(c_double), intent(out) :: nu
      integer(c_int32_t) :: status
    end function

    function fnqe_force_field_create(system, potential, skin, force_field) bind(c) result(status)
      import :: fnqe_system, c_int64_t, c_int32_t, c_double
      type(fnqe_system), intent(in) :: system
      integer(c_int64_t), value :: potential
      real(c_double), value :: skin
      integer(c_int64_t), intent(out) :: force_field
      integer(c_int32_t) :: status
    end function
    function fnqe_forces(force_field, positions, forces, size, energy, virial) bind(c) result(status)
      import :: c_int64_t, c_int32_t, c_double
      integer(c_int64_t), value :: force_field, size
      real(c_double), intent(in) :: positions(*)
      real(c_double), intent(inout) :: forces(*)
      real(c_double), intent(out), optional :: energy, virial
      integer(c_int32_t) :: status
    end function
  end interface

contains

  ! The potential of a model, by an ordinary Fortran string.
  function fnqe_potential_model(name, potential) result(status)
    character(len=*), intent(in) :: name
    integer(c_int64_t), intent(out) :: potential
    integer(c_int32_t) :: status
    status = fnqe_potential_model_c(trim(name) // c_null_char, potential)
  end function

  ! The words for this thread's last status other than fnqe_done.
  function fnqe_error_text() result(text)
    character(len=:), allocatable :: text
    character(kind=c_char) :: buffer(1024)
    integer :: k
    integer(c_int64_t) :: needed
    needed = fnqe_last_error(buffer, size(buffer, kind=c_int64_t))
    allocate(character(len=int(min(needed, size(buffer, kind=c_int64_t))) - 1) :: text)
    do k = 1, len(text)
      text(k:k) = buffer(k)
    end do
  end function
end module
