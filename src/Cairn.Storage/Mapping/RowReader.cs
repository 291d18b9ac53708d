using System.Linq.Expressions;
using System.Reflection;

namespace Cairn.Storage;

/// <summary>Reads the public properties of a row as column values: the fast way of <see cref="WriteSession.ExecuteManyAsync"/>.</summary>
internal static class RowReader<T>
{
    public static IReadOnlyList<(string Name, Type Type, Func<T, object?> Read)> Columns { get; } =
    [
        .. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0)
            .Select(p => (p.Name, p.PropertyType, Compile(p))),
    ];

    private static Func<T, object?> Compile(PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(T));
        return Expression.Lambda<Func<T, object?>>(Expression.Convert(Expression.Property(row, property), typeof(object)), row).Compile();
    }
}
