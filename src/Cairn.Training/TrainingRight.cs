namespace Cairn.Training;

internal static class TrainingRight
{
    /// <exception cref="CairnException">The caller may not train.</exception>
    public static void Require(IAccess access, Principal caller)
    {
        if (!access.May(caller, Right.Train))
            throw new CairnException(ErrorKind.NotPermitted, "training.not-permitted",
                "You may not train models or see how they were trained.", "Ask the owner for the role builder.");
    }
}
