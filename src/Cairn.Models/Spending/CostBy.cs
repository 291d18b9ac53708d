namespace Cairn.Models;

public enum CostBy
{
    Model,
    App,
    User,
    Key,
    Day,
}
