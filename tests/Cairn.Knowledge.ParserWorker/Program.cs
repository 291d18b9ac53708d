using Cairn.Knowledge;

// What the hidden command of the real program does, for tests that must not depend on it.
return await ParserWorker.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput(), CancellationToken.None);
