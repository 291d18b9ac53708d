using System.Numerics;

namespace Cairn.Learning;

/// <summary>A smooth function of many numbers: its value at a point, and its slope there.</summary>
internal delegate double Objective<T>(T[] point, T[] gradient)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
