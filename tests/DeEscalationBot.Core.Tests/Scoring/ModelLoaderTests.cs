using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.ML;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>A model that cannot be trusted is refused, with what to do about it.</summary>
public sealed class ModelLoaderTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "models", "frustration.zip");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("model-");

    private string Archive => Path.Combine(_folder.FullName, "frustration.zip");

    private string Metadata => ModelMetadata.PathFor(Archive);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_ShippedModel_Loads()
    {
        Copy();

        Assert.NotNull(ModelLoader.Load(Archive));
    }

    [Fact]
    public void Load_MissingModel_SaysWhichSettingToSet()
    {
        Copy();
        File.Delete(Archive);

        AssertRefused("is missing");
    }

    [Fact]
    public void Load_MissingMetadata_SaysWhichSettingToSet()
    {
        Copy();
        File.Delete(Metadata);

        AssertRefused("is missing");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Load_TruncatedArchive_IsRefused(int keep)
    {
        Copy();
        File.WriteAllBytes(Archive, File.ReadAllBytes(Archive)[..keep]);

        AssertRefused("SHA-256");
    }

    [Fact]
    public void Load_OneByteChanged_IsRefused()
    {
        Copy();
        var bytes = File.ReadAllBytes(Archive);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(Archive, bytes);

        AssertRefused("SHA-256");
    }

    [Theory]
    [InlineData("not a zip at all")]
    [InlineData("")]
    public void Load_OtherFileWithItsOwnHash_IsRefused(string content)
    {
        Copy();
        File.WriteAllText(Archive, content);
        Edit(m => m["archiveSha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Archive))));

        AssertRefused("cannot be read as an ML.NET model");
    }

    [Fact]
    public void Load_ModelWithoutOurHeads_IsRefused()
    {
        Copy();
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable<ModelRow>([], ModelRow.Schema());
        ml.Model.Save(ml.Transforms.CopyColumns("Copy", ModelRow.StackColumn).Fit(rows), rows.Schema, Archive);
        Edit(m => m["archiveSha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Archive))));

        AssertRefused("Model:Path");
    }

    [Fact]
    public void Load_OtherFeatureVersion_IsRefused()
    {
        Copy();
        Edit(m => m["featureVersion"] = ModelMetadata.CurrentFeatureVersion + 1);

        AssertRefused("version");
    }

    [Fact]
    public void Load_CalibrationOfOneLanguageMissing_IsRefused()
    {
        Copy();
        Edit(m => m["languages"]!.AsObject().Remove("en"));

        AssertRefused("'en'");
    }

    [Fact]
    public void Load_CalibrationWithoutFrustration_IsRefused()
    {
        Copy();
        Edit(m => m["languages"]!["es"]!.AsObject().Remove("frustration"));

        AssertRefused("does not tell frustration");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Load_ThresholdThatIsNoChance_IsRefused(double threshold)
    {
        Copy();
        Edit(m => m["languages"]!["es"]!["thresholds"]![0] = threshold);

        AssertRefused("out of range");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public void Load_BrokenMetadata_IsRefused(string json)
    {
        Copy();
        File.WriteAllText(Metadata, json);

        AssertRefused("cannot be understood");
    }

    private void AssertRefused(string because)
    {
        var refusal = Assert.Throws<ModelException>(() => ModelLoader.Load(Archive));

        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Model:Path", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Model:AllowSignalsOnly", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.FullName, refusal.Message, StringComparison.Ordinal);
    }

    private void Copy()
    {
        File.Copy(Shipped, Archive);
        File.Copy(ModelMetadata.PathFor(Shipped), Metadata);
    }

    private void Edit(Action<JsonNode> change)
    {
        var metadata = JsonNode.Parse(File.ReadAllText(Metadata))!;
        change(metadata);
        File.WriteAllText(Metadata, metadata.ToJsonString());
    }
}
