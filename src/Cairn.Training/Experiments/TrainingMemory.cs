namespace Cairn.Training;

/// <summary>
/// What the trainings of this process take together, by their estimates: what one has claimed no other one counts on, also before it is
/// really taken.
/// </summary>
internal sealed class TrainingMemory(IMemoryMeter meter)
{
    private readonly Lock gate = new();
    private readonly List<MemoryClaim> claims = [];
    private double whole;

    /// <summary>What there is now for a training of so many bytes.</summary>
    public MemoryRoom RoomFor(double bytes)
    {
        lock (gate)
            return Look(bytes);
    }

    /// <param name="room">What was there when it was asked for; the claim is not taken off.</param>
    /// <returns>null where it does not fit beside those that run.</returns>
    public MemoryClaim? TryClaim(string model, double bytes, out MemoryRoom room)
    {
        lock (gate)
        {
            room = Look(bytes);
            if (bytes > room.Now)
                return null;
            if (claims.Count == 0)
                whole = room.Now;
            var claim = new MemoryClaim(model, bytes, Release);
            claims.Add(claim);
            return claim;
        }
    }

    private MemoryRoom Look(double bytes)
    {
        if (claims.Count == 0)
        {
            var free = meter.Free();
            // A large training that has just ended leaves its memory as garbage: nothing is refused for that.
            if (bytes > free && bytes <= meter.Total)
            {
                meter.Collect();
                free = meter.Free();
            }
            return new(free, free, "");
        }
        // What runs may have taken what it claimed already or not yet, so that the machine's own figure alone would say too much or count
        // it twice. What is left when all have ended is seen only then; more than there is at all it will not be.
        var left = Math.Max(0, Math.Min(whole - claims.Sum(c => c.Bytes), meter.Free()));
        return new(left, meter.Total, string.Join(" and ", claims.Select(c => $"{c.Model} ({MemoryEstimate.Text(c.Bytes)})")));
    }

    private void Release(MemoryClaim claim)
    {
        lock (gate)
            claims.Remove(claim);
    }
}
