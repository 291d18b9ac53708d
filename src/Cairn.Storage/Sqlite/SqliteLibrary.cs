using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Cairn.Storage;

/// <summary>Loads SQLite once per process: the system's library when it is newer than the bundled one.</summary>
internal static class SqliteLibrary
{
    private const string SystemName = "libsqlite3.so.0";

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>The first version in which known WAL and query planner faults of older ones are mended.</summary>
    public static Version Recommended { get; } = new(3, 42);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();

    /// <returns>The version that runs, for example <c>3.40.1</c>.</returns>
    public static string Use() => Loaded.Value;

    private static string Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "e_sqlite3")
            return 0;
        var bundled = NativeLibrary.TryLoad(name, assembly, path, out var own) ? own : 0;
        var system = OperatingSystem.IsLinux() && NativeLibrary.TryLoad(SystemName, out var found) ? found : 0;
        return VersionOf(system) > VersionOf(bundled) ? system : bundled;
    }

    private static int VersionOf(nint library)
        => library != 0 && NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var address)
            ? Marshal.GetDelegateForFunctionPointer<VersionNumber>(address)()
            : 0;
}
