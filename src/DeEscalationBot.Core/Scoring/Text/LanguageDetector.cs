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

    private const string SpanishList =
        """
        abajo abogado aburrido acaba acaban acabo acaso aceptar actualizacion ademas adios agente agua ahi ahora al algo alguien algun alguna
        alla alli alta amable amigo anda anden animo ante anterior antes antier anual anular aparece apellido aplicacion aqui arreglado arreglar
        arreglen arriba asco asesor asesora asi asunto ataque atencion atender atiendan aumento aun aunque auxilio aviso ayer ayuda ayudar ayuden bah
        baja banco barato basta bastante basura bestia bien blanco bobo boleto boludo bronca bruta bruto buen buena buenas bueno buenos burro cabron
        cachondeo cada caida callate calle cama cambiar cambio cancelar cancelen cancelo cansada cansado cara cargo cargos caro carta casa casi caso
        cerrado chamuyo chapuza chau che chica chicas chico chicos chinches chingada chingar cierto cinco cita claro cliente clientes cobrado cobrando
        cobrar cobraron cobraste cobro cobros codigo colegas comida como compra comprar compre comprobante con conexion conmigo contesta contestan
        contra contrasena contrato corre correcto correo corte cosa cosas creo cual cuando cuanta cuantas cuanto cuantos cuatro cuenta cuidado culpa
        dado dale dame dando dar datos de deben debo deja dejen dejo del demasiado denuncia derecho desde despues devolucion devolver devuelvan dia
        dias dicen dificil dijeron dijiste dijo dime dinero dio direccion disculpa disculpe disculpen dolares domicilio donde dormir dos doscientos
        echar efectivo ejemplo el ella ellos embargo empresa en encargada encargado encima enojada enojado entiendo entonces entre entrega entregar
        enviado enviar envio equipo era es esa ese eso espanol espera esperando esperar espero esposa esposo esta estaba estafa estafadores estan
        estas este esten esto estos estoy estupida estupido etcetera euros excelente explicacion extrano facil factura facturacion facturas falla
        fallo falta familia fecha feliz firmar flipo forma forro foto fraude fue fuera fueron funciona funcionan funcione garantia genial gente
        gerencia gerente gracia gracias gran grande grave gusto haber habia hablar hable hablo hace haceis hacen hacer hagan hago harta harto hartos
        hasta hay haya hecho hermana hermano hermosa hice hicieron hija hijo hijos hijueputa hizo hola hombre hora horario horas hoy huevones humano
        ida idiota igual imbecil importa imposible incompetentes indignante inepto ineptos ingreso inutil inutiles ir jaja jajaja jamas jefa jefe jeje
        jodan jode joder jodido joya jugar junto la ladron ladrones largo las le lejos lento les leyendo libre libro linea listo llama llamada
        llamadas llamar llame llamen llamo llega llegado llegar llego llegue llena lleva llevamos llevo llorar lo los luego lugar luz madre mal mala
        maldita maldito malo malos manana manchen mandan mandar mandaron mandaste mande manejo mano marido mas mayor media medico mejor mejora menos
        mensaje mensajes mensual mentira mentiras mentirosos mes mesa meses metido mi miercoles mierda mil mio mira miren mis misma mismo modo molesta
        molesto momento morir morite mucha muchacho muchas mucho muerto mujer mundo muy nada nadie necesito nena nene ni nina ninguna ninguno nino
        ninos noche nombre nos nosotros nuestra nuestro nueva nuevamente nuevo numero nunca o ocho oferta oficina oiga oigan oir ojala olvidado olvide
        operador orden os otra otro oye paciencia padre pagado pagar pagina pago pagos pague pais palabra pantalla paquete para parece parte partes
        pasa pasado pasaje pasan pasar paso payaso payasos pedi pedido pelotudo pena pendejo pendejos peor perder perdi perdido perdon perfecto
        permite pero perro persona personas pesos pidan pido piensan piso plata plazo plis pobre poco podeis poder podes policia poliza poner ponga
        pongan por porfa porfavor porque porqueria pq precio pregunta primera primero prisa problema problemas proceso pronto propio prueba publico
        pudo puedan puede pueden puedo pues puro puta putas puto putos que queda quede queja quejas queres quien quieran quiere quieren quiero quise
        quisiera quitar rapido raro ratero rateros rato razon realmente recibi recibido recibir recibo recien reclamar reclamo reembolsen reembolso
        regalo reparar repuesta respeto responde responden respuesta resuelto resuelvan revisar robado robaron robo ropa rota roto ruido saben saber
        sabes sabia sacar sale salio saludo saludos sano se seguir segunda segundo seguro seguros seis semana semanas senor senora senores sentido ser
        serio servicio servicios servidor si sido siempre siento siete sigan sigo sigue siguen siguiente sin sinceramente sino sinverguenza
        sinverguenzas sistema sitio sobre sois sola solo soporte sorpresa sos soy su subir sueldo suerte sus suscripcion tal talla taller tambien
        tampoco tanto tarda tardado tardan tarde tardes tarifa tarjeta tb te tecnico telefono teneis tener tenes tengan tengo tenia tenian termino
        tiempo tienda tiene tienen tipo toda todas todavia todo todos toma tonta tonteria tonterias tonto trabajar trabajo tramite tras tratar trato
        trece treinta tres triste tu tus tuve tuvo ultima ultimo un una unica unico unidad uno unos usar usted ustedes usuario utiles va vacaciones
        vale valgan vamos vaya vayan veces veinte vendedor venden vendieron venga vengo venir ver verdad verguenza vez viaje vida viene vienen viernes
        vino visto viva vivir vos vosotras vosotros voy voz vuelo vuelta vuelva vuelvan vuelve vuelvo xq ya yo zorra
        """;

    private const string EnglishList =
        """
        about absolute absolutely accept acceptable access account actually address adviser advisor after afternoon again agent agents ago ah aint
        alive all already alright also always am an and angry annoyed annoying answer answered answers any anyone anything anyway apologise apologize
        apology appointment appreciate are around arrived arse as asap ask asked asking asshole at attorney available away awesome awful baby back bad
        bag bank based bastard battery be because bed been before being believe best better between big bill bit bite block blocked bloke bloody board
        bollocks book booked booking boss both bother bought box boy brb brilliant bring bro broke broken brother bruv bud bug bugger building
        bullshit burger business busy but buy by bye called caller calling calls came can cancel canceled cancelled cancelling cancels cant card care
        careful cash catch caught chance change changed charge charged charges cheap check cheers child children choose chuffed city claim class clear
        clearly clock close closed closing clown clue code coffee cold come comes coming company complain complaint complete completely computer
        confirm confirmed connection contact continue convenient cool copy correct cost costs could couldnt counter couple course court crap crash
        crashed crazy credit crook crooks cross cuppa customer cut cuz dad daily damn danger dare date daughter day days dead deal dear death debit
        deep delay delayed delete deleted delivered delivery demand department desk did didnt die died different dimwit disappointed disaster
        disconnected discount disgrace disgraceful disgusting dispute do dodgy does doesnt dog doing dollar dollars done dont door double doubt down
        draft drive driver drop dropped dude due dumb dumbass dunno during each earlier early easy eat either else email emailed empty end engineer
        enjoy enough enter entire erase escalate especially even evening ever every everyone everything exactly except excuse excuses expect expected
        expired explain extra eye face fact fail failed failure fair faith false family far fast father fault fee feel feels fees few ffs fifteen
        fifth fifty file fill filled finally find fine fire first fix fixed flat flight floor folder follow following food fool for forever forget
        forgot form forty forward found four fourth fraud free freeze friday friend friends from front frustrated frustrating fuck full fun funny
        furious garbage gave get gets getting gg gimme give giving glad go god goes going gone gonna good got gotta grand grandma grateful great
        ground group gtfo guess guest gun gutted guy guys had haha half hand hang happen happened happening happens happy hard has hasnt hate have
        havent having he head health heard heart heat hell hello help helpful her here hers herself hey hi hidden high him himself hire his hit hold
        home honest honestly hope hot hours house how hows huge human hundred hungry hurry hurt husband i idiot idiots idk if ignored ill im imbecile
        imbeciles immediately imo important impossible in including incompetent information innit inside instead insult interested invoice is isnt
        issue it its itself ive jk job joke judge just keep keeps kept key kid kids kill kind kinda kindly kitchen knackered knew know knows kys lad
        lady laptop last late lately later laugh law lawyer lazy lead leak learn least leave leaving left lemme less let letter level liar liars lie
        lied lies life light like line link listen listening little live living lmao load locked log login lol long longer look looking looks lose
        loser losing loss lost lot lots loud love lovely low luck luggage lunch lying mad made mail main make makes making man manager many market
        mate matter maybe mean means meant meeting member mention mess message messages met middle might mind mine minutes missed missing mistake mode
        mom monday money month more morning moron morons most mother move moved much mum muppet must my myself name named near nearly need needed
        needs neighbor neighbour neither nerve nervous never new next nice night nine nobody noise nonsense noon nope nor normally not noted notes
        nothing notice now nowhere np number nurse nvm obviously of off offer office often oh okay old omg on once one only open opened operator
        opinion option or order ordered orders other others otherwise our ourselves out outage outside over overcharged owe own owner pack package
        packages page paid pain panic paper parcel parents part partner party password past pathetic patience patient pay paying payment peace people
        percent perfect perhaps person phone phones pick picked picture piece place play played please pleased plenty pls plus plz point pointless
        police policy polite poor possible post posted postponed pound pounds power press pretty previous price privacy private probably problem
        process promise promised proof proper properly provide public pull purchase push put putting question questions queue quick quickly quid quiet
        quite quote rather read reading ready really reason receipt receive received recently record reference refund refunded refunds refuse regards
        remember remove renewal rent rep repair repeat replace replaced replacement reply representative request resolved respond response rest
        restart result return returned review rid ridiculous right ring ripoff road robbed rofl room round router rubbish rude rule rules run running
        sad safe said sales same sarcasm saturday save saw saying says scam scammer scammers school screen screwed seat second secure see seems seen
        sell send sending sent seriously service session seven several shall shame share she shes ship shipped shipping shirt shit shocking shop
        shopping short should shouldnt show showing shut sick side sign signed silly simply since single sir sister sit site sitting situation six
        size skin sleep slow small smart smell smh smoke so sod sold solicitor solution solve some someone something somewhere soon sorry sort sorta
        sorted sound sounds spare speak speaking spend spent spoke staff stand standing start started starts stay stfu still stole stolen stop stopped
        store story straight strange stress stuck stuff stupid subscription such suck sucks suddenly sue suffer suit sunday support supposed sure
        surprise surprised survey surveyor switch take taken takes taking talk talked talking tax tbh team technician tell telling telly tenth
        terrific text texted than thank thanks that thats the their them themselves then there therefore theres these they thief thieves thing things
        think thinks third thirty this thnx those though thought thousand three threw through throw thursday thx tick till time times tired to toast
        today together told tomorrow tonight too top touch toward track tracking train trash treat treated trick tried trouble true trust truth try
        trying tuesday turn turned twelve twenty twice two ty typical tysm u ugh unacceptable unbelievable under understand unforgivable unhappy
        unless unreal until up upset ur urgent us use used useless user using usually vacation version very visit voice voucher wait waited waiting
        wake walk wall wanna want wanted was wasnt waste wasted watch water way we weather website wednesday week weekend weeks weird welcome well
        went were werent west what whatever whats when whenever where whether which while who whole whom whose why wife will window wish with within
        without woman wonder wonderful wondering wont word words work worked worker working works world worry worse worst worth would wouldnt wow
        write writing written wrong wrote wtf yall yeah year years yep yes yesterday yet you your youre yours yourself yup
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
    private static readonly HashSet<string> Shared = Split("a chat control e email error final general he hotel has local mas me no normal o ok once or original real regular sea sin so son total u un van ya");

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

        var lead = EndingLead(word.Form);
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

    // Endings that one language builds words with and the other does not: a word in no list is told by them more surely than by its triples.
    private static double EndingLead(string form)
    {
        foreach (var ending in SpanishEndings)
        {
            if (form.Length >= ending.Length + ShortestStem && form.EndsWith(ending, StringComparison.Ordinal))
            {
                return EndingVote;
            }
        }

        foreach (var ending in EnglishEndings)
        {
            if (form.Length >= ending.Length + ShortestStem && form.EndsWith(ending, StringComparison.Ordinal))
            {
                return -EndingVote;
            }
        }

        return 0;
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
