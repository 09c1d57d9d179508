using System.IO.Compression;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Fitting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DeEscalationBot.Training;

/// <summary>Saves a model so that the same fit gives the same bytes.</summary>
public static class ModelArchive
{
    // The earliest instant that a zip archive can hold.
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Saves the heads as one ML.NET model; each head's logit is kept under its own name beside the others.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="layout">Which model it is.</param>
    /// <param name="heads">For each language, the heads over n-grams, then the final ones.</param>
    /// <param name="scales">By language, what each bucket counts.</param>
    /// <param name="trees">By language, the trees beside the first final heads; nothing for a model without trees.</param>
    internal static byte[] Save(
        MLContext ml, ModelLayout layout, IReadOnlyList<TrainedHead> heads, IReadOnlyDictionary<string, BucketScale> scales, IReadOnlyDictionary<string, IReadOnlyList<TreeBlend>>? trees = null)
    {
        var empty = ml.Data.LoadFromEnumerable<ModelRow>([], ModelRow.Schema(layout));
        var chain = new List<ITransformer>();
        var at = 0;
        foreach (var name in ModelHeads.Languages.SelectMany(l => layout.Ngram.Concat(layout.Final).Select(h => $"{l}.{h}")))
        {
            chain.Add(heads[at].Transformer);
            chain.Add(ml.Transforms.CopyColumns(name, "Score").Fit(heads[at].Transformer.Transform(empty)));
            at++;
        }

        using var saved = new MemoryStream();
        ml.Model.Save(new TransformerChain<ITransformer>([.. chain]), empty.Schema, saved);
        var besides = scales.Select(s => (Name: BucketScale.EntryName(s.Key), Bytes: s.Value.ToBytes()))
            .Concat((trees ?? new Dictionary<string, IReadOnlyList<TreeBlend>>()).Select(t => (Name: TreeBlend.EntryName(t.Key), Bytes: TreeBlend.ToBytes(t.Value))));
        return Normalize(saved, [.. besides.OrderBy(b => b.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Takes out of an archive what public sets taught it.</summary>
    /// <param name="path">The archive.</param>
    /// <exception cref="ModelException">It is not an archive of this product.</exception>
    public static IReadOnlyDictionary<string, LentHeads> ReadPublicHeads(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var archived = ModelLoader.ReadArchive(bytes, path);
        using var stream = new MemoryStream(bytes, writable: false);
        var transformers = ((IEnumerable<ITransformer>)new MLContext(seed: 1).Model.Load(stream, out _)).Where(t => t is ISingleFeaturePredictionTransformer<object>).ToArray();
        var perLanguage = ModelLayout.Frustration.HeadCount;
        return ModelHeads.Languages.Select((language, i) => (language, i)).ToDictionary(
            p => p.language,
            p => new LentHeads(
                archived[p.language].Scale,
                [
                    .. Enumerable.Range(ModelHeads.LevelCount, ModelHeads.Public.Count)
                        .Select(h => new TrainedHead(transformers[(p.i * perLanguage) + h], archived[p.language].Heads[h])),
                ]),
            StringComparer.Ordinal);
    }

    private static byte[] Normalize(MemoryStream saved, (string Name, byte[] Bytes)[] besides)
    {
        saved.Position = 0;
        using var source = new ZipArchive(saved, ZipArchiveMode.Read);
        using var normal = new MemoryStream();
        using (var target = new ZipArchive(normal, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = target.CreateEntry(entry.FullName, CompressionLevel.SmallestSize);
                copy.LastWriteTime = Stamp;
                using var from = entry.Open();
                using var to = copy.Open();
                from.CopyTo(to);
            }

            foreach (var (name, bytes) in besides)
            {
                var entry = target.CreateEntry(name, CompressionLevel.SmallestSize);
                entry.LastWriteTime = Stamp;
                using var to = entry.Open();
                to.Write(bytes);
            }
        }

        return normal.ToArray();
    }
}
