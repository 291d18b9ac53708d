using System.Reflection;
using Dapper;

namespace Cairn.Storage;

/// <summary>
/// Lets Dapper fill positional records whatever integer width the engine returns: the constructor runs with defaults and the columns are
/// set through the properties, which convert.
/// </summary>
internal sealed class PositionalTypeMap(SqlMapper.ITypeMap inner, ConstructorInfo constructor) : SqlMapper.ITypeMap
{
    public ConstructorInfo? FindConstructor(string[] names, Type[] types) => inner.FindConstructor(names, types);

    public ConstructorInfo? FindExplicitConstructor() => constructor;

    public SqlMapper.IMemberMap? GetConstructorParameter(ConstructorInfo constructor, string columnName)
        => inner.GetConstructorParameter(constructor, columnName);

    public SqlMapper.IMemberMap? GetMember(string columnName) => inner.GetMember(columnName);
}
