using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>A d-vector per lane. Components at or above d are never computed; in rows they carry along whatever the row holds.</summary>
internal struct PairVector<T, TDim>
    where T : unmanaged, ILanes<T>
    where TDim : struct, IDimension
{
    public T X, Y, Z, W;

    /// <summary>One row per lane, at source[rows[k]].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, TDim> Rows(ref double source, ref int rows)
    {
        PairVector<T, TDim> v = default;
        if (TDim.RowWidth == 2)
            T.LoadRows(ref source, ref rows, out v.X, out v.Y);
        else
            T.LoadRows(ref source, ref rows, out v.X, out v.Y, out v.Z, out v.W);
        return v;
    }

    /// <summary>Component c of consecutive lanes at source[stride·c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, TDim> Components(ref double source, nint stride)
    {
        PairVector<T, TDim> v = default;
        v.X = T.Load(ref source, 0);
        v.Y = T.Load(ref source, stride);
        if (TDim.Value > 2)
            v.Z = T.Load(ref source, 2 * stride);
        if (TDim.Value > 3)
            v.W = T.Load(ref source, 3 * stride);
        return v;
    }

    /// <summary>Component c in all lanes, from source[stride·c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, TDim> Splat(ref double source, nint stride)
    {
        PairVector<T, TDim> v = default;
        v.X = T.Splat(source);
        v.Y = T.Splat(Unsafe.Add(ref source, stride));
        if (TDim.Value > 2)
            v.Z = T.Splat(Unsafe.Add(ref source, 2 * stride));
        if (TDim.Value > 3)
            v.W = T.Splat(Unsafe.Add(ref source, 3 * stride));
        return v;
    }

    /// <summary>Component c of every lane at source[offset + 8 c + lane]: the layout of a stored column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, TDim> Column(ref double source, nint offset)
    {
        PairVector<T, TDim> v = default;
        v.X = T.Load(ref source, offset);
        v.Y = T.Load(ref source, offset + 8);
        if (TDim.Value > 2)
            v.Z = T.Load(ref source, offset + 16);
        if (TDim.Value > 3)
            v.W = T.Load(ref source, offset + 24);
        return v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreColumn(ref double destination, nint offset)
    {
        T.Store(X, ref destination, offset);
        T.Store(Y, ref destination, offset + 8);
        if (TDim.Value > 2)
            T.Store(Z, ref destination, offset + 16);
        if (TDim.Value > 3)
            T.Store(W, ref destination, offset + 24);
    }

    /// <summary>Writes the lanes as consecutive rows; the padding of a row becomes zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreRows(ref double destination)
    {
        if (TDim.RowWidth == 2)
            T.StoreRows(ref destination, X, Y);
        else
            T.StoreRows(ref destination, X, Y, Z, TDim.Value > 3 ? W : T.Splat(0));
    }

    /// <summary>Adds each lane to the row at destination[rows[k]], one lane after the other; nothing is added to the padding of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddRows(ref double destination, ref int rows)
    {
        if (TDim.RowWidth == 2)
            T.AddRows(ref destination, ref rows, X, Y);
        else
            T.AddRows(ref destination, ref rows, X, Y, Z, TDim.Value > 3 ? W : T.Splat(0));
    }

    /// <summary>Consecutive rows, one per lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, TDim> Consecutive(ref double source) => Rows(ref source, ref OwnRows.Of(TDim.RowWidth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Dot(in PairVector<T, TDim> u, in PairVector<T, TDim> v)
    {
        T sum = T.MultiplyAdd(u.Y, v.Y, u.X * v.X);
        if (TDim.Value > 2)
            sum = T.MultiplyAdd(u.Z, v.Z, sum);
        if (TDim.Value > 3)
            sum = T.MultiplyAdd(u.W, v.W, sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, TDim> operator *(T alpha, in PairVector<T, TDim> u)
    {
        PairVector<T, TDim> product = default;
        product.X = alpha * u.X;
        product.Y = alpha * u.Y;
        if (TDim.Value > 2)
            product.Z = alpha * u.Z;
        if (TDim.Value > 3)
            product.W = alpha * u.W;
        return product;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, TDim> operator -(in PairVector<T, TDim> u, in PairVector<T, TDim> v)
    {
        PairVector<T, TDim> difference = default;
        difference.X = u.X - v.X;
        difference.Y = u.Y - v.Y;
        if (TDim.Value > 2)
            difference.Z = u.Z - v.Z;
        if (TDim.Value > 3)
            difference.W = u.W - v.W;
        return difference;
    }

    /// <summary>Copies the components, one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void CopyTo(ref PairVector<T, TDim> to)
    {
        to.X = X;
        to.Y = Y;
        if (TDim.Value > 2)
            to.Z = Z;
        if (TDim.Value > 3)
            to.W = W;
    }

    /// <summary>this -= u</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Subtract(in PairVector<T, TDim> u)
    {
        X -= u.X;
        Y -= u.Y;
        if (TDim.Value > 2)
            Z -= u.Z;
        if (TDim.Value > 3)
            W -= u.W;
    }

    /// <summary>this += alpha·u</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T alpha, in PairVector<T, TDim> u)
    {
        X = T.MultiplyAdd(alpha, u.X, X);
        Y = T.MultiplyAdd(alpha, u.Y, Y);
        if (TDim.Value > 2)
            Z = T.MultiplyAdd(alpha, u.Z, Z);
        if (TDim.Value > 3)
            W = T.MultiplyAdd(alpha, u.W, W);
    }

    /// <summary>this += alpha·u + beta·v, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T alpha, in PairVector<T, TDim> u, T beta, in PairVector<T, TDim> v)
    {
        X = T.MultiplyAdd(beta, v.X, T.MultiplyAdd(alpha, u.X, X));
        Y = T.MultiplyAdd(beta, v.Y, T.MultiplyAdd(alpha, u.Y, Y));
        if (TDim.Value > 2)
            Z = T.MultiplyAdd(beta, v.Z, T.MultiplyAdd(alpha, u.Z, Z));
        if (TDim.Value > 3)
            W = T.MultiplyAdd(beta, v.W, T.MultiplyAdd(alpha, u.W, W));
    }

    /// <summary>this += alpha·u + beta·v + gamma·w, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T alpha, in PairVector<T, TDim> u, T beta, in PairVector<T, TDim> v, T gamma, in PairVector<T, TDim> w)
    {
        X = T.MultiplyAdd(gamma, w.X, T.MultiplyAdd(beta, v.X, T.MultiplyAdd(alpha, u.X, X)));
        Y = T.MultiplyAdd(gamma, w.Y, T.MultiplyAdd(beta, v.Y, T.MultiplyAdd(alpha, u.Y, Y)));
        if (TDim.Value > 2)
            Z = T.MultiplyAdd(gamma, w.Z, T.MultiplyAdd(beta, v.Z, T.MultiplyAdd(alpha, u.Z, Z)));
        if (TDim.Value > 3)
            W = T.MultiplyAdd(gamma, w.W, T.MultiplyAdd(beta, v.W, T.MultiplyAdd(alpha, u.W, W)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, TDim> operator -(in PairVector<T, TDim> v)
    {
        PairVector<T, TDim> zero = default;
        return zero - v;
    }
}
