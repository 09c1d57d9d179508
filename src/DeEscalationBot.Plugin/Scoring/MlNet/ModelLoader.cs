using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using DeEscalationBot.Plugin.Scoring.MlNet.Drafts;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Reads a trained model from its archive and the metadata beside it.</summary>
/// <remarks>
/// An archive is a list of weights; nothing in it is run. Its hash is compared with the metadata's, so that a half-copied or mixed-up
/// pair is found at the start and not in the scores. Stateless and safe for concurrent use.
/// </remarks>
public static class ModelLoader
{
    /// <summary>Reads the model that scores customers' messages.</summary>
    /// <param name="archivePath">The archive; its metadata has the same name with the ending <c>.json</c>.</param>
    /// <exception cref="ModelException">A file is missing, damaged, of another version, or the two do not belong together.</exception>
    public static FrustrationModel Load(string archivePath)
    {
        var (archive, metadata) = LoadBoth(archivePath, ModelLayout.Frustration);
        return new FrustrationModel(archive, metadata);
    }

    /// <summary>Reads the model that judges agents' drafts.</summary>
    /// <param name="archivePath">The archive; its metadata has the same name with the ending <c>.json</c>.</param>
    /// <exception cref="ModelException">A file is missing, damaged, of another version, or the two do not belong together.</exception>
    public static DraftModel LoadDrafts(string archivePath)
    {
        var (archive, metadata) = LoadBoth(archivePath, ModelLayout.Drafts);
        return new DraftModel(archive, metadata);
    }

    /// <summary>Reads the metadata of a model.</summary>
    /// <param name="path">The <c>.json</c> file.</param>
    /// <param name="layout">Which model; that of customers' messages by default.</param>
    /// <exception cref="ModelException">It is missing, damaged or of another version.</exception>
    public static ModelMetadata ReadMetadata(string path, ModelLayout? layout = null)
    {
        layout ??= ModelLayout.Frustration;
        var json = ReadFile(path, "model's metadata", layout);
        try
        {
            var metadata = ModelMetadata.Parse(System.Text.Encoding.UTF8.GetString(json));
            return metadata.FindFault(layout) is { } fault
                ? throw new ModelException($"The model's metadata '{path}' cannot be used: {fault}. {layout.Mend}")
                : metadata;
        }
        catch (JsonException e)
        {
            throw new ModelException($"The model's metadata '{path}' cannot be understood: {e.Message} {layout.Mend}", e);
        }
    }

    /// <summary>Takes scales and weights out of an archive.</summary>
    /// <param name="archive">The archive's bytes.</param>
    /// <param name="archivePath">Its name, for messages.</param>
    /// <param name="layout">Which model; that of customers' messages by default.</param>
    /// <exception cref="ModelException">It is not an archive of this product.</exception>
    public static IReadOnlyDictionary<string, ArchivedLanguage> ReadArchive(byte[] archive, string archivePath, ModelLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(archive);
        layout ??= ModelLayout.Frustration;
        var (heads, scales, trees) = ReadParts(archive, archivePath, layout);
        var perLanguage = layout.HeadCount;
        if (heads.Count != perLanguage * ModelHeads.Languages.Count)
        {
            throw new ModelException($"The model '{archivePath}' has {heads.Count} heads, {perLanguage * ModelHeads.Languages.Count} are expected. {layout.Mend}");
        }

        for (var i = 0; i < heads.Count; i++)
        {
            var expected = i % perLanguage < layout.Ngram.Count ? NgramHasher.BucketCount : layout.StackSize;
            if (heads[i].Weights.Length != expected)
            {
                throw new ModelException($"Head {i} of the model '{archivePath}' has {heads[i].Weights.Length} inputs, {expected} are expected. {layout.Mend}");
            }
        }

        return ModelHeads.Languages
            .Select((language, i) => (language, archived: new ArchivedLanguage(scales[i], [.. heads.Skip(i * perLanguage).Take(perLanguage)], trees[i])))
            .ToDictionary(p => p.language, p => p.archived, StringComparer.Ordinal);
    }

    private static (IReadOnlyDictionary<string, ArchivedLanguage> Archive, ModelMetadata Metadata) LoadBoth(string archivePath, ModelLayout layout)
    {
        ArgumentNullException.ThrowIfNull(archivePath);
        var bytes = ReadFile(archivePath, "model", layout);
        var metadata = ReadMetadata(ModelMetadata.PathFor(archivePath), layout);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return hash == metadata.ArchiveSha256
            ? (ReadArchive(bytes, archivePath, layout), metadata)
            : throw new ModelException($"The model '{archivePath}' is damaged or not the one that its metadata describes: its SHA-256 is {hash}, expected {metadata.ArchiveSha256}. {layout.Mend}");
    }

    private static (List<LinearHead> Heads, BucketScale[] Scales, IReadOnlyList<TreeBlend>[] Trees) ReadParts(byte[] archive, string archivePath, ModelLayout layout)
    {
        try
        {
            using var stream = new MemoryStream(archive, writable: false);
            var transformer = new MLContext(seed: 1).Model.Load(stream, out _);
            var heads = ((IEnumerable<ITransformer>)transformer).OfType<ISingleFeaturePredictionTransformer<object>>().Select(t => HeadOf(t.Model)).ToList();
            stream.Position = 0;
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            return (
                heads,
                [.. ModelHeads.Languages.Select(l => BucketScale.Parse(ReadEntry(zip, BucketScale.EntryName(l))))],
                [.. ModelHeads.Languages.Select(l => zip.GetEntry(TreeBlend.EntryName(l)) is null ? [] : TreesOf(TreeBlend.Parse(ReadEntry(zip, TreeBlend.EntryName(l))), layout))]);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or InvalidOperationException or InvalidCastException or ArgumentException or IOException or NotSupportedException)
        {
            throw new ModelException($"The model '{archivePath}' cannot be read as an ML.NET model: {e.Message} {layout.Mend}", e);
        }
    }

    private static IReadOnlyList<TreeBlend> TreesOf(IReadOnlyList<TreeBlend> trees, ModelLayout layout) =>
        trees.Count <= layout.Final.Count ? trees : throw new InvalidDataException($"It has trees for {trees.Count} heads of {layout.Final.Count}.");

    private static byte[] ReadEntry(ZipArchive zip, string name)
    {
        using var entry = zip.GetEntry(name)?.Open() ?? throw new InvalidDataException($"The archive has no '{name}'.");
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The weights of a trained logistic regression.</summary>
    /// <param name="model">What its transformer holds.</param>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static LinearHead HeadOf(object model) =>
        model is CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> { SubModel: { } linear }
            ? new LinearHead([.. linear.Weights], linear.Bias)
            : throw new InvalidDataException($"A head is not a logistic regression but {model?.GetType().Name}.");

    private static byte[] ReadFile(string path, string what, ModelLayout layout)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException($"The {what} '{path}' is missing. {layout.Mend}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The {what} '{path}' cannot be read: {e.Message} {layout.Mend}", e);
        }
    }
}
