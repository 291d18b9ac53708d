using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Identity;

namespace Cairn.Server;

/// <summary>Every body of the HTTP API.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(VersionResponse))]
[JsonSerializable(typeof(DoctorResponse))]
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
internal sealed partial class ServerJson : JsonSerializerContext;
