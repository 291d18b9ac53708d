using Cairn.Models;
using Microsoft.Extensions.AI;

namespace Cairn.Apps;

internal sealed class AppModels(IAnswers answers, AppFolders apps) : IAppModels
{
    public IChatClient Open(CallOrigin origin, string app)
    {
        apps.Get(origin.Caller, app);
        return new AppChatClient(answers, origin, app);
    }
}
