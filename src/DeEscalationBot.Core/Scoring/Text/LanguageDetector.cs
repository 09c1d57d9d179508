using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>What language detection found.</summary>
/// <param name="Language">The language, or undetermined when the evidence is too thin.</param>
/// <param name="IsMixed">Whether a real part of the words is of the other language (code-switching), so that the rules of both should be asked.</param>
public readonly record struct LanguageReading(MessageLanguage Language, bool IsMixed);

/// <summary>Tells Spanish from English in chat-sized texts, or says that it cannot.</summary>
/// <remarks>
/// Counts function words and everyday support words of each language; a word in neither list votes with its ending and its
/// letter triples, which were chosen by log-odds between the two languages on the public sets named in the model card. Signs
/// that only Spanish uses (¿, ¡, ñ, accents) count besides. Stateless and safe for concurrent use.
/// </remarks>
public static class LanguageDetector
{
    // Votes: a listed word is worth one; the triples of an unlisted word together at most 0.8; accents and opening marks little, because
    // people leave them out and names carry them.
    private const double TripleVote = 0.25;
    private const double MostTripleVotes = 0.8;
    private const double SpanishSignVote = 0.6;
    private const double EndingVote = 0.5;
    private const int ShortestStem = 2;

    // The lead that decides, and the share of the weaker language from which a text counts as mixed.
    private const double LeastLead = 0.5;
    private const double MixedShare = 0.25;

    private const string SpanishTripleList =
        """
        que _qu os_ ue_ do_ _es ra_ as_ ro_ ta_ ero ia_ da_ ndo ien to_ por mo_ na_ est ado _po lo_ ara aja jaj hac _vi nte nos no_ con
        las vid te_ pue una cio eo_ ier odo sta ido uie _pa omo la_ io_ ada mas par dos _de los deo uen ida sa_ co_ uer ala dal ar_ cua
        tod aci per ca_ go_ _ve dad qui ria bie nta ued alg era erd aba tie ias _er _mu so_ esa uan _ll ten nad tos muy mos orq ma_ ja_
        rqu ene lla bue ana rda des tas si_ _cu _un hab ios ba_ nto ejo _pu otr ico cia cue egu iem asa ace amo tam ras tan ito hay nca
        sde ora _si mie cho abe cer _en sas ano asi tar fue sie eso esp eja osa seg jo_ nas olo eos emp cos po_ sto ona eno mej oy_ rar
        nci sal oso igo lgu del rte ena gra _ja dej uel lta mbi tad jor gui ari ita ga_ amb das ema dic ici reo ros ica gos ale ede esc
        ata vue dia gen aho _va _ah lgo sab gua cre sol eci pas ece gus ino mpr mal soy dio igu ira aqu obr gun nid sus aca vo_ eni uno
        eda ces sos ngo emo cad mpo aco bia _tu ser poc ube azo gan rma
        """;

    private const string EnglishTripleList =
        """
        _th the ng_ he_ tha at_ ing nt_ nd_ thi ou_ ed_ _wh hat you _yo ut_ ll_ ly_ _wa st_ ts_ ow_ ot_ ve_ me_ _wo our was nam his hin
        oul ith her uld ld_ for wha _an _sh hav but now _st _fo th_ ght ke_ all how rd_ _go _be get wit not ur_ ave ry_ hey eve ht_ et_
        oun cou is_ igh lly ugh hou _wi ame whe its nk_ ey_ _on _we _it _ou _ye kin ake wor oug _kn any bou som hen hy_ han see tho ch_
        ank wou oth kno why ure ds_ ard ess tio ery _li _do use app rea _he ove out jus ks_ od_ ike sho she _ho ive ink lik ood oin ats
        id_ ear gh_ it_ ck_ _ev em_ way eed fro yea ett ain om_ ill goo lov wan eat ted ty_ ple fee got uck eop _fr ss_ rs_ mak ge_ who
        him nee ook ns_ snt ny_ too ee_ _ne day dnt rou tin een wel loo sed rt_ yin opl ely wer bee hea ys_ lea doe oes hes own cco op_
        im_ ct_ top sh_ tak abo eas ati ead nds ney did nge hap wil idn old nks ppe rst hel ssi say ork ned ew_ sfe ong act acc off try
        nsf tly wn_ ous ang ans eal new thr eel ked tte goi hem nts _ki
        """;

    private static readonly string[] SpanishEndings =
    [
        "cion", "ciones", "ando", "iendo", "mente", "dad", "dades", "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "aron", "ieron", "amos", "emos",
        "imos", "arse", "erse", "irse", "aba", "aban", "ito", "ita", "itos", "itas", "oso", "osa", "osos", "osas", "eza", "anza", "encia", "ancia", "arme", "erme",
        "irme", "arlo", "erlo", "irlo", "enme", "anme", "isimo", "isima", "illo", "illa", "uelo", "ones", "eria", "ero", "eros", "ura", "udo", "azo", "ote",
    ];

    private static readonly string[] EnglishEndings =
    [
        "ing", "tion", "tions", "ness", "ful", "less", "ment", "ments", "ght", "ck", "cks", "sh", "th", "ths", "ly", "ed", "ers", "ward", "wards", "body", "thing", "ship",
        "able", "ous", "ity", "ies", "ee", "ees", "oo", "tch", "nk", "nks", "lly", "ff", "ss", "ll", "wn", "ew", "ow", "ry", "ty", "ity", "ance", "ence", "ch", "rd", "rt", "nt", "ct", "sts",
    ];

    private static readonly Dictionary<string, LanguageVote>.AlternateLookup<ReadOnlySpan<char>> Endings = ReadEndings();
    private static readonly int LongestEnding = SpanishEndings.Concat(EnglishEndings).Max(e => e.Length);

    // What each triple of the letters a to z and the word's edge adds, Spanish above 0, English below.
    private const int TripleLetters = 27;
    private const int WordEdge = 26;
    private static readonly double[] TripleVotes = ReadTriples();

    /// <summary>Detects the language of a message.</summary>
    /// <param name="reading">The message.</param>
    public static LanguageReading Detect(MessageReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        double spanish = 0;
        double english = 0;
        foreach (var word in reading.WordSpan)
        {
            if (word.Kind == WordKind.Letters)
            {
                Vote(word, ref spanish, ref english);
            }
        }

        spanish += SpanishSigns(reading.Text);
        var (more, less) = spanish >= english ? (spanish, english) : (english, spanish);
        if (more - less < LeastLead)
        {
            return new LanguageReading(MessageLanguage.Undetermined, IsMixed: more > 0);
        }

        var language = spanish > english ? MessageLanguage.Spanish : MessageLanguage.English;
        return new LanguageReading(language, IsMixed: less >= 1 && less / (more + less) >= MixedShare);
    }

    private static void Vote(Word word, ref double spanish, ref double english)
    {
        var vote = EverydayWords.VoteOf(word.Form);
        if ((vote & LanguageVote.Neither) != 0)
        {
            return;
        }

        vote |= word.IsStretched ? EverydayWords.VoteOf(word.DoubledForm) & LanguageVote.Both : LanguageVote.None;
        switch (vote)
        {
            case LanguageVote.Spanish:
                spanish++;
                break;
            case LanguageVote.English:
                english++;
                break;
            case LanguageVote.None when word.Form.Length >= 3:
                var lead = EndingLead(word.Form) + TripleLead(word.Form);
                spanish += Math.Clamp(lead, 0, MostTripleVotes);
                english += Math.Clamp(-lead, 0, MostTripleVotes);
                break;
            default:
                break;
        }
    }

    // Endings that one language builds words with and the other does not: a word in no list is told by them more surely than by its triples.
    private static double EndingLead(ReadOnlySpan<char> form)
    {
        var vote = LanguageVote.None;
        for (var length = Math.Min(LongestEnding, form.Length - ShortestStem); length >= 2; length--)
        {
            vote |= Endings.TryGetValue(form[^length..], out var ending) ? ending : LanguageVote.None;
        }

        return (vote & LanguageVote.Spanish) != 0 ? EndingVote : vote != LanguageVote.None ? -EndingVote : 0;
    }

    private static double TripleLead(ReadOnlySpan<char> form)
    {
        var lead = 0.0;
        var first = WordEdge;
        var second = TripleLetterOf(form[0]);
        for (var i = 1; i <= form.Length; i++)
        {
            var third = i < form.Length ? TripleLetterOf(form[i]) : WordEdge;
            if (first >= 0 && second >= 0 && third >= 0)
            {
                lead += TripleVotes[TripleOf(first, second, third)];
            }

            (first, second) = (second, third);
        }

        return lead;
    }

    private static int TripleOf(int first, int second, int third) => (((first * TripleLetters) + second) * TripleLetters) + third;

    private static int TripleLetterOf(char c) => c is >= 'a' and <= 'z' ? c - 'a' : c == '_' ? WordEdge : -1;

    private static double SpanishSigns(string text)
    {
        var votes = 0;
        foreach (var c in text)
        {
            if (c is '¿' or '¡' or 'ñ' or 'Ñ' or 'á' or 'é' or 'í' or 'ó' or 'ú' && ++votes == 3)
            {
                break;
            }
        }

        return votes * SpanishSignVote;
    }

    private static Dictionary<string, LanguageVote>.AlternateLookup<ReadOnlySpan<char>> ReadEndings()
    {
        var endings = new Dictionary<string, LanguageVote>(StringComparer.Ordinal);
        foreach (var ending in SpanishEndings)
        {
            endings[ending] = LanguageVote.Spanish;
        }

        foreach (var ending in EnglishEndings)
        {
            endings[ending] = endings.GetValueOrDefault(ending) | LanguageVote.English;
        }

        return endings.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private static double[] ReadTriples()
    {
        var votes = new double[TripleLetters * TripleLetters * TripleLetters];
        Fill(EnglishTripleList, -TripleVote);
        Fill(SpanishTripleList, TripleVote);
        return votes;

        void Fill(string list, double vote)
        {
            foreach (var triple in list.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            {
                votes[TripleOf(TripleLetterOf(triple[0]), TripleLetterOf(triple[1]), TripleLetterOf(triple[2]))] = vote;
            }
        }
    }
}
