namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>Which language a word or an ending speaks for.</summary>
[Flags]
internal enum LanguageVote : byte
{
    /// <summary>It is not listed.</summary>
    None = 0,

    /// <summary>Spanish.</summary>
    Spanish = 1,

    /// <summary>English.</summary>
    English = 2,

    /// <summary>Listed for either.</summary>
    Both = Spanish | English,

    /// <summary>So common in both that it says nothing.</summary>
    Neither = 4,
}

/// <summary>The function words and everyday support words of both languages, in the form that <see cref="Word.Form"/> gives them.</summary>
internal static class EverydayWords
{
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

    // Words that both languages use: they vote for neither.
    private const string SharedList = "a chat control e email error final general he hotel has local mas me no normal o ok once or original real regular sea sin so son total u un van ya";

    private static readonly Dictionary<string, LanguageVote> Votes = ReadLists();

    private static readonly Dictionary<string, LanguageVote>.AlternateLookup<ReadOnlySpan<char>> VotesOfSpans = Votes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Which language a word speaks for: one or both, neither, or none when it is not listed.</summary>
    /// <param name="form">The word's form.</param>
    public static LanguageVote VoteOf(ReadOnlySpan<char> form) => VotesOfSpans.TryGetValue(form, out var vote) ? vote : LanguageVote.None;

    /// <summary>Whether a word is listed for any language.</summary>
    /// <param name="form">The word's form.</param>
    public static bool Contains(ReadOnlySpan<char> form) => VotesOfSpans.ContainsKey(form);

    private static Dictionary<string, LanguageVote> ReadLists()
    {
        var votes = new Dictionary<string, LanguageVote>(StringComparer.Ordinal);
        foreach (var (list, vote) in ((string, LanguageVote)[])[(SpanishList, LanguageVote.Spanish), (EnglishList, LanguageVote.English), (SharedList, LanguageVote.Neither)])
        {
            foreach (var word in list.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            {
                votes[word] = votes.GetValueOrDefault(word) | vote;
            }
        }

        return votes;
    }
}
