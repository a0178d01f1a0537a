/* Exits with the width in bits of the integers of the ARPACK-NG it is linked with.
 *
 * dsaupd_c refuses a problem of size 0 at once and writes a negative code to info. A library with 32-bit integers writes the lower
 * half only of our zeroed 64-bit cell, one with 64-bit integers all of it. Every argument is declared 64 bits wide: a callee that
 * expects 32 reads the lower half, on little-endian machines, of the register or stack slot.
 */
#include <stdint.h>

void dsaupd_c(int64_t *ido, char const *bmat, int64_t n, char const *which, int64_t nev, double tol, double *resid, int64_t ncv,
              double *v, int64_t ldv, int64_t *iparam, int64_t *ipntr, double *workd, double *workl, int64_t lworkl, int64_t *info);

int main(void)
{
    int64_t ido = 0, info = 0, iparam[11] = {0}, ipntr[14] = {0};
    double resid[1] = {0}, v[4] = {0}, workd[3] = {0}, workl[64] = {0};
    dsaupd_c(&ido, "I", 0, "SA", 1, 0.0, resid, 2, v, 1, iparam, ipntr, workd, workl, 64, &info);
    if (info < 0)
        return 64;
    return (int32_t)info < 0 ? 32 : 1;
}
