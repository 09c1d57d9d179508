using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>What language detection found.</summary>
/// <param name="Language">The language, or undetermined when the evidence is too thin.</param>
/// <param name="IsMixed">Whether a real part of the words is of the other language (code-switching), so that the rules of both should be asked.</param>
public readonly record struct LanguageReading(MessageLanguage Language, bool IsMixed);

/// <summary>Tells Spanish from English in chat-sized texts, or says that it cannot.</summary>
/// <remarks>
/// Counts function words and everyday support words of each language; a word in neither list votes with its letter triples,
/// which were chosen by log-odds between the two languages on the public sets named in the model card. Signs that only
/// Spanish uses (¿, ¡, ñ, accents) count besides. Stateless and safe for concurrent use.
/// </remarks>
public static class LanguageDetector
{
    // Votes: a listed word is worth one; the triples of an unlisted word together at most 0.8; accents and opening marks little, because
    // people leave them out and names carry them.
    private const double TripleVote = 0.25;
    private const double MostTripleVotes = 0.8;
    private const double SpanishSignVote = 0.6;

    // The lead that decides, and the share of the weaker language from which a text counts as mixed.
    private const double LeastLead = 0.5;
    private const double MixedShare = 0.25;

    private const string SpanishList =
        """
        a ademas ahora al algo alguien algun alguna ante antes aqui aun aunque ayer ayuda bien buen buena buenas bueno buenos cada casi
        che cita claro cobrado cobraron cobro como con contra correo cual cuando cuanto cuenta dale de del desde despues dia dias dice
        dicen dijeron dijo dinero donde dos el ella ellos en entiendo entonces entre era es esa ese eso esta estaba estan estas este esto
        estos estoy factura favor fue fueron genial gracias habia hace haceis hacen hacer hasta hay hola hora horas hoy jamas joder la las
        le les listo llame llamo llegado llego llevo lo los luego mal manana mas me mejor menos mes meses mi mierda mis mismo muchas mucho
        muy nada nadie necesito ni ninguna nos nosotros nuestro nunca o ok os otra otro para pedido perfecto pero poco podeis podes por
        porfa porque pq problema puede pueden puedo pues puta que queres quien quiere quieren quiero quisiera reclamo reembolso saber se
        sea semana semanas ser servicio si sido siempre sigo sigue siguen sin sino sobre sois solo son sos soy su sus tal tambien tampoco
        tan tanto tb te teneis tener tenes tengan tengo tiene tienen todavia todo todos tu tus un una uno unos usted ustedes va vale vamos
        van veces ver vez vos vosotros voy xq ya yo
        """;

    private const string EnglishList =
        """
        a about account after again all also am an and any anyone are as asap at awesome back be because been before being bill bloody but
        by can cant card could customer damn day days did didnt do does doesnt doing done dont each even ever every fine for from fuck get
        getting give go going good got great guys had has have havent he hello help her here hey hi him his hope hours how hows i id idk
        if ill im in is isnt issue it its ive just know last let like long look mate me minutes money month more most much my need never
        new no nobody not nothing now of off ok okay on once one only or order other our out over own phone please pls problem put really
        refund right rubbish said same see service she shit should since so some someone soon sorry still stop such support sure take tell
        than thank thanks that thats the their them then there theres these they thing things think this those thx time to today told too
        tried try two u under until up ur us use very want wanted was wasnt way we week weeks well were werent what whats when where which
        while who why will with wont work working would wtf yes yesterday yet you your youre yours
        """;

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

    // Words that both languages use: they vote for neither.
    private static readonly HashSet<string> Shared = Split("a chat control e email error final general he hotel local mas me no normal o ok once or original real regular si sin so son total u un van ya");

    private static readonly HashSet<string> SpanishWords = Split(SpanishList);
    private static readonly HashSet<string> EnglishWords = Split(EnglishList);
    private static readonly HashSet<string> SpanishTriples = Split(SpanishTripleList);
    private static readonly HashSet<string> EnglishTriples = Split(EnglishTripleList);

    /// <summary>Detects the language of a message.</summary>
    /// <param name="reading">The message.</param>
    public static LanguageReading Detect(MessageReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        double spanish = 0;
        double english = 0;
        foreach (var word in reading.Words)
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
        if (Shared.Contains(word.Form))
        {
            return;
        }

        var isSpanish = SpanishWords.Contains(word.Form) || SpanishWords.Contains(word.DoubledForm);
        var isEnglish = EnglishWords.Contains(word.Form) || EnglishWords.Contains(word.DoubledForm);
        if (isSpanish != isEnglish)
        {
            spanish += isSpanish ? 1 : 0;
            english += isEnglish ? 1 : 0;
            return;
        }

        if (isSpanish || word.Form.Length < 3)
        {
            return;
        }

        double lead = 0;
        var padded = $"_{word.Form}_";
        var lookupSpanish = SpanishTriples.GetAlternateLookup<ReadOnlySpan<char>>();
        var lookupEnglish = EnglishTriples.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i + 3 <= padded.Length; i++)
        {
            var triple = padded.AsSpan(i, 3);
            lead += lookupSpanish.Contains(triple) ? TripleVote : lookupEnglish.Contains(triple) ? -TripleVote : 0;
        }

        spanish += Math.Clamp(lead, 0, MostTripleVotes);
        english += Math.Clamp(-lead, 0, MostTripleVotes);
    }

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

    private static HashSet<string> Split(string list) =>
        new(list.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
