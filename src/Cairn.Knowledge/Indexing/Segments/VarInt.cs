namespace Cairn.Knowledge;

/// <summary>Unsigned integers in groups of seven bits, lowest first, the high bit set on all but the last.</summary>
internal static unsafe class VarInt
{
    public static uint Read(ref byte* at)
    {
        uint value = *at++;
        if (value < 0x80)
            return value;
        value &= 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            uint b = *at++;
            value |= (b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
    }
}
