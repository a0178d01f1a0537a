! The way from particles to a soft spot in Fortran.
!
!     gfortran fastnqe.f90 glass.f90 -o glass $(pkg-config --libs fastnqe)
program glass_example
  use, intrinsic :: iso_fortran_env, only: error_unit
  use fastnqe
  implicit none
  integer, parameter :: side = 8, n = side**3, d = 3
  real(c_double), parameter :: irrational(d) = &
    [0.6180339887498949_c_double, 0.4142135623730951_c_double, 0.7320508075688772_c_double]
  real(c_double), target :: x(d, n)
  integer(c_int32_t), target :: species(n)
  real(c_double) :: psi(d, n), pi4(d, n), pi3(d, n), length
  integer(c_int64_t) :: potential, glass
  type(fnqe_system) :: liquid
  type(fnqe_glass_info) :: info
  type(fnqe_eigenpair) :: soft(1)
  type(fnqe_mode) :: quartic, cubic
  integer :: i, axis, cell(d)
  integer(c_int32_t) :: freed

  ! Stands for the positions that a simulation holds; the same as in the other languages' examples.
  length = (n / 0.82_c_double) ** (1.0_c_double / 3)
  do i = 0, n - 1
    cell = [mod(i, side), mod(i / side, side), i / side**2]
    do axis = 1, d
      x(axis, i + 1) = (cell(axis) + 0.5_c_double * mod(i * irrational(axis), 1.0_c_double)) * length / side
    end do
    species(i + 1) = merge(1, 0, mod(i * 0.2360679774997897_c_double, 1.0_c_double) < 0.5_c_double)
  end do

  liquid%dimension = d
  liquid%particles = n
  liquid%box(1:9) = [length, 0._c_double, 0._c_double, 0._c_double, length, 0._c_double, 0._c_double, 0._c_double, length]
  liquid%positions = c_loc(x)
  liquid%positions_size = size(x)
  liquid%types = c_loc(species)
  liquid%types_size = n

  call need(fnqe_potential_model("ipl-3d", potential))
  call need(fnqe_glass_quench(liquid, potential, glass=glass))
  call need(fnqe_glass_info_of(glass, info))
  call need(fnqe_lowest_eigenpairs(glass, 1, pairs=soft, vectors=psi, size=size(psi, kind=c_int64_t)))
  call need(fnqe_quartic_mode(glass, psi, found=quartic, mode=pi4, size=size(pi4, kind=c_int64_t)))
  call need(fnqe_cubic_mode(glass, pi4, found=cubic, mode=pi3, size=size(pi3, kind=c_int64_t)))

  print "(a, es24.16e3)", "energy ", info%energy
  print "(a, es24.16e3)", "harmonic.stiffness ", soft(1)%stiffness
  print "(a, es24.16e3)", "quartic.stiffness ", quartic%coefficients%stiffness
  print "(a, es24.16e3)", "quartic.quarticCoefficient ", quartic%coefficients%quartic_coefficient
  print "(a, es24.16e3)", "cubic.stiffness ", cubic%coefficients%stiffness
  print "(a, es24.16e3)", "cubic.cubicCoefficient ", cubic%coefficients%cubic_coefficient

  freed = fnqe_free(glass)
  freed = fnqe_free(potential)

contains

  subroutine need(status)
    integer(c_int32_t), intent(in) :: status
    if (status == fnqe_done) return
    write (error_unit, "(a, i0, 2a)") "status ", status, ": ", fnqe_error_text()
    if (status < 0) error stop 1
  end subroutine
end program
