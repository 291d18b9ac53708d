namespace Cairn.Learning;

/// <summary>The safetensors types of the arrays that model files hold.</summary>
internal static class ArrayKinds
{
    public static string NameOf<T>()
        where T : unmanaged
        => default(T) switch
        {
            double => "F64",
            float => "F32",
            int => "I32",
            char => "U16",
            byte => "U8",
            _ => throw new NotSupportedException($"Model files hold no arrays of {typeof(T).Name}."),
        };
}
