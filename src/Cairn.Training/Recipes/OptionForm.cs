namespace Cairn.Training;

public enum OptionForm
{
    Whole,
    Number,
    Truth,
}
