namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>When tests with npm packages may be skipped. Messages as npm 10 writes them.</summary>
public class NodePackageTests
{
    [Theory]
    [InlineData(-1, "No such file or directory", true)]
    [InlineData(1, "npm error code EAI_AGAIN", true)]
    [InlineData(1, "npm error network request to https://registry.npmjs.org/x failed, reason: connect ECONNREFUSED 127.0.0.1:4873", true)]
    [InlineData(1, "npm error code EUSAGE `npm ci` can only install packages when your package.json and package-lock.json are in sync.", false)]
    [InlineData(1, "npm error code EINTEGRITY sha512-x integrity checksum failed", false)]
    [InlineData(1, "npm error code E404", false)]
    public void IsOutOfReach_ByWhatNpmSays(int code, string said, bool expected) => Assert.Equal(expected, NodePackage.IsOutOfReach(code, said));
}
