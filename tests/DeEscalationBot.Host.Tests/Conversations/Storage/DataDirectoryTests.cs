using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Conversations.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_MissingFolder_IsMadeForItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
#pragma warning disable CA1416 // Skipped there.
        using var taken = DataDirectory.Take(new StorageOptions { DataDirectory = _folder["a/b"] }, null);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["a/b"]));
#pragma warning restore CA1416
    }

    [Fact]
    public void Take_WhileTaken_IsRefusedAndAfterwardsNot()
    {
        var options = new StorageOptions { DataDirectory = _folder["data"] };
        using (DataDirectory.Take(options, null))
        {
            var refused = Assert.Throws<StartRefusedException>(() => DataDirectory.Take(options, null));
            Assert.Equal(ErrorCodes.DataDirectoryInUse, refused.Code);
            Assert.Contains(_folder["data"], refused.Message, StringComparison.Ordinal);
        }

        DataDirectory.Take(options, null).Dispose();
    }

    [Fact]
    public void Take_OtherFolderButSameDatabaseFile_IsRefused()
    {
        var file = $"Data Source={_folder["shared.db"]}";
        using var first = DataDirectory.Take(new StorageOptions { DataDirectory = _folder["one"] }, file);

        var refused = Assert.Throws<StartRefusedException>(() => DataDirectory.Take(new StorageOptions { DataDirectory = _folder["two"] }, file));

        Assert.Equal(ErrorCodes.DataDirectoryInUse, refused.Code);
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=x.db;Mode=ReadOnly")]
    [InlineData("Data Source=x.db;Mode=Memory")]
    [InlineData("Host=db;Username=coach")]
    public void Take_ConnectionThatKeepsNothing_IsRefused(string connection)
    {
        var refused = Assert.Throws<StartRefusedException>(() => DataDirectory.Take(new StorageOptions { DataDirectory = _folder.Path }, connection));

        Assert.Equal(ErrorCodes.BadSetting, refused.Code);
        Assert.Contains("ConnectionStrings:Coach", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_PostgresWithoutConnection_IsRefused()
    {
        var refused = Assert.Throws<StartRefusedException>(() => DataDirectory.Take(new StorageOptions { DataDirectory = _folder.Path, Provider = StorageProvider.Postgres }, ""));

        Assert.Equal(ErrorCodes.BadSetting, refused.Code);
    }

    [Fact]
    public void Take_FolderThatIsAFile_IsRefused()
    {
        File.WriteAllText(_folder["file"], "");

        var refused = Assert.Throws<StartRefusedException>(() => DataDirectory.Take(new StorageOptions { DataDirectory = _folder["file"] }, null));

        Assert.Equal(ErrorCodes.RecordNotOpened, refused.Code);
    }
}
