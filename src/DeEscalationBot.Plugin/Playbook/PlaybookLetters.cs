using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.BeginnersMind;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Letters;
using DeEscalationBot.Core.Coaching.Paraphrasing;

namespace DeEscalationBot.Plugin.Playbook;

/// <summary>Reads letters (A13), calls (A14), internal notes (A3) and farewells (B7): <c>letters.yaml</c>, <c>calls.yaml</c>, <c>notes.yaml</c>, <c>farewell.yaml</c>, <c>farewell-call.yaml</c>.</summary>
public static class PlaybookLetters
{
    /// <summary>Reads the apology letters.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="paraphrase">Says back what the customer wrote.</param>
    /// <param name="reviewer">Reviews the letter.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static ApologyLetter ReadLetter(PlaybookFiles files, ParaphraseEngine paraphrase, DraftReviewer reviewer) =>
        Compile(files, "letters", (LetterBook spanish, LetterBook english) => new ApologyLetter(spanish, english, paraphrase, reviewer));

    /// <summary>Reads the call scripts.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static CallScript ReadCall(PlaybookFiles files) =>
        Compile(files, "calls", (CallBook spanish, CallBook english) => new CallScript(spanish, english));

    /// <summary>Reads the farewells, with the script of the call.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="reviewer">Reads what was written by the rules of the farewell.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static FarewellWriter ReadFarewell(PlaybookFiles files, DraftReviewer reviewer)
    {
        var call = Compile(files, "farewell-call", (CallBook spanish, CallBook english) => new CallScript(spanish, english));
        return Compile(files, "farewell", (FarewellBook spanish, FarewellBook english) => new FarewellWriter(spanish, english, call, new DraftFarewellReader(reviewer)));
    }

    /// <summary>Reads the reframing of notes.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static NoteReframer ReadNotes(PlaybookFiles files) =>
        Compile(files, "notes", (NoteBook spanish, NoteBook english) => new NoteReframer(spanish, english));

    private static TResult Compile<TFile, TResult>(PlaybookFiles files, string name, Func<TFile, TFile, TResult> make)
    {
        ArgumentNullException.ThrowIfNull(files);
        try
        {
            return make(files.Read<TFile>(MessageLanguage.Spanish, name), files.Read<TFile>(MessageLanguage.English, name));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new PlaybookException($"The playbook's {name}.yaml under '{files.Directory}' cannot be used. {e.Message}", e);
        }
    }
}
