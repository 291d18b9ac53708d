using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Apps;
using Cairn.Identity;
using Cairn.Knowledge;

namespace Cairn.Server;

/// <summary>Every body of the HTTP API.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(VersionResponse))]
[JsonSerializable(typeof(DoctorResponse))]
[JsonSerializable(typeof(AskBody))]
[JsonSerializable(typeof(AskResponse))]
[JsonSerializable(typeof(StepResponse))]
[JsonSerializable(typeof(AnswerDelta))]
[JsonSerializable(typeof(AnswerReset))]
[JsonSerializable(typeof(AppsResponse))]
[JsonSerializable(typeof(EnginesResponse))]
[JsonSerializable(typeof(SearchResponse))]
[JsonSerializable(typeof(DocumentPage))]
[JsonSerializable(typeof(DocumentText))]
[JsonSerializable(typeof(BoxesResponse))]
[JsonSerializable(typeof(SourcesResponse))]
[JsonSerializable(typeof(IngestBody))]
[JsonSerializable(typeof(IngestStarted))]
[JsonSerializable(typeof(IngestReport))]
[JsonSerializable(typeof(JobsResponse))]
[JsonSerializable(typeof(ConversationsResponse))]
[JsonSerializable(typeof(ConversationResponse))]
[JsonSerializable(typeof(RenameBody))]
[JsonSerializable(typeof(TracesResponse))]
[JsonSerializable(typeof(MeResponse))]
[JsonSerializable(typeof(UsersResponse))]
[JsonSerializable(typeof(AddUserRequest))]
[JsonSerializable(typeof(GroupNames))]
[JsonSerializable(typeof(RoleNames))]
[JsonSerializable(typeof(LinkResponse))]
[JsonSerializable(typeof(GroupsResponse))]
[JsonSerializable(typeof(AddGroupRequest))]
[JsonSerializable(typeof(GroupMembers))]
[JsonSerializable(typeof(KeysResponse))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(NewApiKey))]
[JsonSerializable(typeof(ModelsResponse))]
[JsonSerializable(typeof(TryBody))]
[JsonSerializable(typeof(TrialsResponse))]
[JsonSerializable(typeof(ModelKeysResponse))]
[JsonSerializable(typeof(SetModelKeyBody))]
[JsonSerializable(typeof(ModelKeySet))]
[JsonSerializable(typeof(CostResponse))]
internal sealed partial class ServerJson : JsonSerializerContext;
