#include "peer.h"

extern "C" void peer_triad(double* __restrict a, const double* __restrict b, const double* __restrict c, double scalar, long long length)
{
    for (long long i = 0; i < length; i++)
        a[i] = b[i] + scalar * c[i];
}
