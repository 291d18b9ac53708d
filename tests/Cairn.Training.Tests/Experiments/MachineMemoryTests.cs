namespace Cairn.Training.Tests;

public sealed class MachineMemoryTests
{
    [Fact]
    public void What_is_free_is_some_of_what_there_is()
    {
        var machine = new MachineMemory();
        Assert.InRange(machine.Free(), 0, machine.Total);
    }
}
