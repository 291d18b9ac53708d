#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 2. Frames
//
// A frame is a table: columns with names, each of one type, any value of which may be missing. Before anything is learned, data is looked at, and this is
// where most mistakes are found.
using Cairn.Learning;

// ## Reading
// Types are found by looking at every cell: days are whole numbers, draughts have decimals, some cells are empty.
var calls = Frame.ParseCsv(
    """
    ship,port,arrived,days,tonnes
    Alma,Kiel,2026-01-03,2,1200
    Berta,Kiel,2026-01-05,5,8000
    Cora,Bremen,2026-01-09,1,
    Alma,Bremen,2026-01-20,3,1150
    Dora,Kiel,2026-02-02,4,6100
    Berta,Bremen,2026-02-11,6,7700
    Alma,Kiel,2026-02-14,2,1190
    Cora,Kiel,2026-02-27,,400
    Dora,Bremen,2026-03-01,5,6000
    """);
Console.WriteLine($"{calls}\n");

// The first question to a table: what is in each column, and what is missing?
Console.WriteLine($"{calls.Describe()}\n");

// ## Choosing
// A filter gives a new frame; the old one stays as it is.
Console.WriteLine($"long calls:\n{calls.Where(call => call.Number("days") > 4)}\n");

// ## Grouping
// One row for each port. Missing values do not count: Kiel's mean is over those calls whose length is known.
Console.WriteLine(calls.GroupBy("port").Compute(Aggregate.Count(), Aggregate.Mean("days"), Aggregate.Sum("tonnes")) + "\n");

// Dates are taken back to the beginning of their month to group by it, and two keys at once make a table.
Console.WriteLine(calls.Resample("arrived", Period.Month).Pivot("arrived_month", "port", Aggregate.Sum("tonnes")) + "\n");

// ## Joining
// What is known of the ships stands in another table. A left join keeps every call; a ship that is not in the register has missing values there.
var ships = Frame.ParseCsv("ship,kind,draught\nAlma,barge,2.5\nBerta,tanker,7.9\nCora,barge,1.8\n");
var known = calls.Join(ships, JoinKind.Left, "ship");
Console.WriteLine($"{known}\n");

// ## Your turn
// For each kind of ship in the register: how many tonnes did it bring a day in port? Leave out calls where days or tonnes are missing, divide the summed
// tonnes by the summed days, call the result `rate`, and put the quickest kind first. The frame that comes back has the columns kind and rate.

// --- your turn ---
Frame TonnesADay(Frame calls, Frame ships) => throw new NotImplementedException();
// --- the check ---

try
{
    var rates = TonnesADay(calls, ships);
    if (string.Join(',', rates.Names) != "kind,rate")
        throw new InvalidOperationException($"the columns are {string.Join(", ", rates.Names)} and should be kind, rate");
    if (rates.RowCount != 2)
        throw new InvalidOperationException($"there are {rates.RowCount} rows and should be 2: Dora is not in the register, so her kind is not known");
    if (rates["kind", 0] is not "tanker")
        throw new InvalidOperationException("the quickest kind should come first");
    if (Math.Abs(rates.Numbers("rate")[0] - 15700.0 / 11) > 1e-9 || Math.Abs(rates.Numbers("rate")[1] - 3540.0 / 7) > 1e-9)
        throw new InvalidOperationException($"the rates are {rates.Numbers("rate")[0]:0.#} and {rates.Numbers("rate")[1]:0.#}; were calls with a missing value left out of both sums?");
    Console.WriteLine($"Passed:\n{rates}");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
