using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Arrays to numbers, over all elements or along one axis (which is gone, or stays with length 1 under <c>keepAxis</c>).</summary>
public static class NdArrayReductions
{
    extension<T>(NdArray<T> array)
        where T : unmanaged, INumber<T>
    {
        /// <summary>The sum; of integers it is exact.</summary>
        /// <exception cref="OverflowException">A sum of integers does not fit their type.</exception>
        public T Sum() => Reduction.PairwiseSum<T>(array.ToContiguous().Span);

        /// <inheritdoc cref="Sum{T}(NdArray{T})"/>
        public NdArray<T> Sum(int axis, bool keepAxis = false)
            => Reduction.Fold(array, axis, keepAxis, "sum", Reduction.PairwiseSum,
                Reduction.IsInteger<T>() ? Reduction.CheckedAdd : TensorPrimitives.Add, allowEmpty: true);

        /// <summary>The smallest element; NaN if one is NaN.</summary>
        /// <exception cref="ShapeException">There is none.</exception>
        public T Min() => TensorPrimitives.Min<T>(Reduction.NotEmpty(array, "min").Span);

        public NdArray<T> Min(int axis, bool keepAxis = false)
            => Reduction.Fold(array, axis, keepAxis, "min", TensorPrimitives.Min, TensorPrimitives.Min);

        /// <inheritdoc cref="Min{T}(NdArray{T})"/>
        public T Max() => TensorPrimitives.Max<T>(Reduction.NotEmpty(array, "max").Span);

        public NdArray<T> Max(int axis, bool keepAxis = false)
            => Reduction.Fold(array, axis, keepAxis, "max", TensorPrimitives.Max, TensorPrimitives.Max);

        /// <summary>The position, row after row, of the first smallest element; of the first NaN if there is one.</summary>
        public int ArgMin() => TensorPrimitives.IndexOfMin<T>(Reduction.NotEmpty(array, "argmin").Span);

        public NdArray<int> ArgMin(int axis) => Reduction.Along(array, axis, "argmin", TensorPrimitives.IndexOfMin);

        public int ArgMax() => TensorPrimitives.IndexOfMax<T>(Reduction.NotEmpty(array, "argmax").Span);

        public NdArray<int> ArgMax(int axis) => Reduction.Along(array, axis, "argmax", TensorPrimitives.IndexOfMax);

        /// <summary>Running sums along an axis.</summary>
        /// <exception cref="OverflowException">A sum of integers does not fit their type.</exception>
        public NdArray<T> CumSum(int axis = -1)
            => Reduction.Each(array, axis, "cumsum", Reduction.RunningSum);

        /// <summary>Each run along the axis in rising order, NaN last.</summary>
        public NdArray<T> Sort(int axis = -1) => Reduction.Each(array, axis, "sort", Ordering.Sort);

        /// <summary>For each run along the axis, the positions that would put it in rising order (stable, NaN last).</summary>
        public NdArray<int> ArgSort(int axis = -1) => Ordering.ArgSort(array, axis);

        /// <summary>The distinct elements in rising order, and how often each occurs.</summary>
        public (NdArray<T> Values, NdArray<int> Counts) Unique() => Ordering.Unique(array);
    }

    extension<T>(NdArray<T> array)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The mean; NaN of no elements.</summary>
        public T Mean() => array.Sum() / T.CreateChecked(array.Count);

        public NdArray<T> Mean(int axis, bool keepAxis = false)
            => array.Sum(axis, keepAxis) / T.CreateChecked(array.Shape[axis]);

        /// <summary>The variance: of a population, or, with one taken off the count, estimated from a sample.</summary>
        public T Variance(bool sample = false)
        {
            var centred = array - array.Mean();
            return TensorPrimitives.SumOfSquares<T>(centred.Span) / T.CreateChecked(array.Count - (sample ? 1 : 0));
        }

        public NdArray<T> Variance(int axis, bool sample = false, bool keepAxis = false)
        {
            var centred = array - array.Mean(axis, keepAxis: true);
            return (centred * centred).Sum(axis, keepAxis) / T.CreateChecked(array.Shape[axis] - (sample ? 1 : 0));
        }

        /// <summary>The standard deviation; see <c>Variance</c>.</summary>
        public T Std(bool sample = false) => T.Sqrt(array.Variance(sample));

        public NdArray<T> Std(int axis, bool sample = false, bool keepAxis = false) => NdMath.Sqrt(array.Variance(axis, sample, keepAxis));
    }

    extension(NdArray<bool> array)
    {
        public bool Any() => array.ToContiguous().Span.Contains(true);

        public bool All() => !array.ToContiguous().Span.Contains(false);

        public NdArray<bool> Any(int axis) => Reduction.Along(array, axis, "any", run => run.Contains(true));

        public NdArray<bool> All(int axis) => Reduction.Along(array, axis, "all", run => !run.Contains(false));

        /// <summary>How many are true.</summary>
        public int CountTrue() => array.ToContiguous().Span.Count(true);
    }
}
