using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>
/// The Spanish rules as they ship, on sentences written for these tests. What must fire and what must not follows the table
/// of signals and the rulings for the boundary cases in models/corpus/README.md.
/// </summary>
public sealed class SpanishSignalTests
{
    // From this confidence on a signal is acted upon; the same bound as in the corpus measurements.
    private const double Fires = 0.5;

    [Theory]
    [InlineData("eres una inútil, no sabes hacer tu trabajo")]
    [InlineData("inútiles")]
    [InlineData("sois unos incompetentes de campeonato")]
    [InlineData("vete a la mierda")]
    [InlineData("la operadora que me atendió es una imbécil")]
    [InlineData("andate a la concha de tu madre")]
    [InlineData("no servís ni para atender un kiosco, pelotudo")]
    [InlineData("chinguen a su madre todos ustedes")]
    public void Abuse_PersonInsulted_Fires(string text) => AssertFires(SignalType.Abuse, text);

    [Theory]
    [InlineData("la app es una mierda")]
    [InlineData("joder, otra vez sin línea")]
    [InlineData("soy un inútil con la tecnología, ¿dónde pulso?")]
    [InlineData("che boludo, ¿me ayudás con la clave?")]
    [InlineData("güey, ya quedó, gracias")]
    [InlineData("qué trámite más estúpido")]
    [InlineData("mi hermano me llamó inútil por esto jaja")]
    [InlineData("no digo que sean unos inútiles, pero llevo tres correos")]
    [InlineData("son unos ladrones")]
    [InlineData("tengo un gato y un perro, ¿los aceptan?")]
    public void Abuse_ThingSelfFriendOrSituation_DoesNotFire(string text) => AssertSilent(SignalType.Abuse, text);

    [Theory]
    [InlineData("ojalá os muráis todos")]
    [InlineData("te voy a partir la cara")]
    [InlineData("sé dónde vives")]
    [InlineData("os voy a quemar la oficina")]
    [InlineData("voy para allá con un machete")]
    [InlineData("le voy a pinchar las ruedas a la furgoneta")]
    [InlineData("que duerma con un ojo abierto su repartidor")]
    public void Threat_HarmAnnouncedOrWished_Fires(string text) => AssertFires(SignalType.Threat, text);

    [Theory]
    [InlineData("mañana voy a su oficina con el recibo")]
    [InlineData("mi mujer me va a matar si no llega hoy")]
    [InlineData("los voy a denunciar en Consumo")]
    [InlineData("os voy a quemar en redes")]
    [InlineData("le espero en la puerta para recibir el paquete")]
    [InlineData("¿cómo mato al jefe final?")]
    [InlineData("no le deseo mal a nadie")]
    [InlineData("el vecino gritó \"te voy a partir la cara\" y me asusté")]
    public void Threat_ErrandIdiomOrReport_DoesNotFire(string text) => AssertSilent(SignalType.Threat, text);

    [Fact]
    public void Threat_VagueMenace_IsOnlyHinted()
    {
        // "Face the consequences": the supervisor looks, nothing is decided.
        var confidence = Detect("te vas a enterar").ConfidenceOf(SignalType.Threat);

        Assert.InRange(confidence, 0.2, 0.5);
    }

    [Theory]
    [InlineData("no quiero seguir viviendo")]
    [InlineData("me voy a quitar la vida")]
    [InlineData("o me ayudan o me mato esta noche, ya tengo las pastillas")]
    [InlineData("mi madre depende del respirador y nos cortaron la luz")]
    [InlineData("mi hijo no respira, manden una ambulancia")]
    [InlineData("mi familia estaría mejor sin mí")]
    [InlineData("mi hermana dice que se va a suicidar")]
    [InlineData("no quiero seguir viviendo, esto fue lo último")]
    public void Vulnerability_DespairOrLifeInDanger_Fires(string text) => AssertFires(SignalType.Vulnerability, text);

    [Theory]
    [InlineData("me muero de risa con la musiquita")]
    [InlineData("me quiero morir con este precio 😂")]
    [InlineData("se me murió el celular")]
    [InlineData("se cortó la llamada")]
    [InlineData("escribí una carta de queja")]
    [InlineData("no quiero vivir más en este edificio con tanto ruido")]
    [InlineData("me mato trabajando para pagar esto")]
    [InlineData("no le veo sentido a seguir con ustedes")]
    [InlineData("No quiero seguir viviendo sin internet, mándenme un técnico.")]
    [InlineData("no quiero seguir viviendo en este piso con humedades")]
    public void Vulnerability_JokeOrTrifle_DoesNotFire(string text) => AssertSilent(SignalType.Vulnerability, text);

    [Theory]
    [InlineData("me quiero morir, dejé las llaves adentro")]
    [InlineData("no puedo más")]
    public void Vulnerability_Ambiguous_IsQuietlyNoted(string text) =>
        Assert.InRange(Detect(text).ConfidenceOf(SignalType.Vulnerability), 0.3, 0.45);

    [Fact]
    public void Vulnerability_SelfHarmAsCondition_IsNoBlackmail()
    {
        var findings = Detect("si no me devuelven el dinero me mato");

        Assert.True(findings.ConfidenceOf(SignalType.Vulnerability) >= Fires);
        Assert.True(findings.ConfidenceOf(SignalType.Blackmail) < Fires);
    }

    [Theory]
    [InlineData(SignalType.Blackmail, "o me das tres meses gratis o le mando a tu jefa las capturas")]
    [InlineData(SignalType.Blackmail, "si no me sube a primera digo que me pediste dinero y te echan")]
    [InlineData(SignalType.Blackmail, "hago que te despidan si no me lo aprobás hoy")]
    [InlineData(SignalType.Blackmail, "o me condonan la deuda o le cuento a su esposa lo del viernes")]
    [InlineData(SignalType.ReputationThreat, "lo voy a contar en Twitter y en Google")]
    [InlineData(SignalType.ReputationThreat, "mañana publico la reseña con fotos")]
    [InlineData(SignalType.ReputationThreat, "os pongo una estrella en Trustpilot")]
    [InlineData(SignalType.ReputationThreat, "voy a llamar a la prensa para que se entere todo el mundo")]
    [InlineData(SignalType.LegalThreat, "voy a Profeco mañana mismo")]
    [InlineData(SignalType.LegalThreat, "mi abogado ya tiene los papeles")]
    [InlineData(SignalType.LegalThreat, "pondré una hoja de reclamaciones")]
    [InlineData(SignalType.LegalThreat, "esta semana radico la tutela")]
    [InlineData(SignalType.LegalThreat, "voy a desconocer el cargo con mi banco")]
    [InlineData(SignalType.ChurnIntent, "quiero darme de baja")]
    [InlineData(SignalType.ChurnIntent, "dame de baja la línea")]
    [InlineData(SignalType.ChurnIntent, "me paso a otra compañía")]
    [InlineData(SignalType.ChurnIntent, "quisiera cancelar mi suscripción")]
    [InlineData(SignalType.ManagerRequest, "páseme con su supervisor")]
    [InlineData(SignalType.ManagerRequest, "quiero hablar con el encargado")]
    [InlineData(SignalType.ManagerRequest, "comunicame con tu jefe")]
    [InlineData(SignalType.ManagerRequest, "que me llame el gerente")]
    [InlineData(SignalType.HumanRequest, "quiero hablar con una persona")]
    [InlineData(SignalType.HumanRequest, "no quiero hablar con un bot")]
    [InlineData(SignalType.HumanRequest, "¿hay algún humano por ahí?")]
    [InlineData(SignalType.HumanRequest, "agente")]
    public void Pressure_Stated_Fires(SignalType type, string text) => AssertFires(type, text);

    [Theory]
    [InlineData(SignalType.Blackmail, "o me devuelven el dinero o pongo una reseña")]
    [InlineData(SignalType.Blackmail, "si no me reembolsan voy a Consumo")]
    [InlineData(SignalType.Blackmail, "mi jefe me pide la factura")]
    [InlineData(SignalType.Blackmail, "no la estoy chantajeando, solo quiero mi cita")]
    [InlineData(SignalType.ReputationThreat, "leí buenas reseñas de ustedes en Google")]
    [InlineData(SignalType.ReputationThreat, "¿dónde les dejo una reseña de 5 estrellas?")]
    [InlineData(SignalType.ReputationThreat, "no voy a publicar nada en redes")]
    [InlineData(SignalType.ReputationThreat, "¿puedo iniciar sesión con Facebook?")]
    [InlineData(SignalType.LegalThreat, "no quiero meter abogados en esto")]
    [InlineData(SignalType.LegalThreat, "¿el seguro incluye asistencia legal?")]
    [InlineData(SignalType.LegalThreat, "hay mucha demanda de ese modelo")]
    [InlineData(SignalType.LegalThreat, "mi hermana es abogada y me ayudó a leer la factura")]
    [InlineData(SignalType.ChurnIntent, "no pienso cancelar")]
    [InlineData(SignalType.ChurnIntent, "quiero cancelar el pedido 4411")]
    [InlineData(SignalType.ChurnIntent, "me mudo de casa el lunes, ¿cómo cambio la dirección?")]
    [InlineData(SignalType.ChurnIntent, "me voy a dormir, mañana seguimos")]
    [InlineData(SignalType.ManagerRequest, "mi jefe necesita el informe")]
    [InlineData(SignalType.ManagerRequest, "no hace falta que llame al gerente")]
    [InlineData(SignalType.ManagerRequest, "soy la encargada de la tienda")]
    [InlineData(SignalType.ManagerRequest, "no consigo pasar al jefe final")]
    [InlineData(SignalType.HumanRequest, "la mesa es para dos personas")]
    [InlineData(SignalType.HumanRequest, "¿cómo creo un bot en la plataforma?")]
    [InlineData(SignalType.HumanRequest, "el asesor de seguros vino el lunes")]
    [InlineData(SignalType.HumanRequest, "¿qué documentos lleva la persona autorizada?")]
    public void Pressure_Decoy_DoesNotFire(SignalType type, string text) => AssertSilent(type, text);

    [Theory]
    [InlineData(SignalType.RepeatContact, "es la tercera vez que escribo por esto")]
    [InlineData(SignalType.RepeatContact, "ya les dije que el timbre no anda")]
    [InlineData(SignalType.RepeatContact, "otra vez se cayó el internet")]
    [InlineData(SignalType.RepeatContact, "sigue igual que la semana pasada")]
    [InlineData(SignalType.Unheard, "nunca me responden")]
    [InlineData(SignalType.Unheard, "nadie lee lo que escribo")]
    [InlineData(SignalType.Unheard, "me dejaron en visto")]
    [InlineData(SignalType.Unheard, "me pasan de un agente a otro")]
    [InlineData(SignalType.Waiting, "llevo una hora esperando")]
    [InlineData(SignalType.Waiting, "hace tres semanas que espero el reembolso")]
    [InlineData(SignalType.Waiting, "sigo en espera")]
    [InlineData(SignalType.Waiting, "dos meses para una simple firma")]
    [InlineData(SignalType.Distrust, "ladrones")]
    [InlineData(SignalType.Distrust, "esto es una estafa")]
    [InlineData(SignalType.Distrust, "no les creo nada")]
    [InlineData(SignalType.Distrust, "¿dónde está la trampa?")]
    [InlineData(SignalType.Objection, "no acepto el vale")]
    [InlineData(SignalType.Objection, "quédense con su cupón")]
    [InlineData(SignalType.Objection, "esa oferta es una burla")]
    [InlineData(SignalType.Objection, "ese descuento no me sirve")]
    [InlineData(SignalType.Curtness, "como quieras")]
    [InlineData(SignalType.Curtness, "lo que usted diga")]
    [InlineData(SignalType.Curtness, "déjelo así")]
    [InlineData(SignalType.Curtness, "usted verá")]
    [InlineData(SignalType.Urgency, "lo necesito para hoy")]
    [InlineData(SignalType.Urgency, "contesten ya mismo")]
    [InlineData(SignalType.Urgency, "es urgente")]
    [InlineData(SignalType.Urgency, "tiene que estar antes del viernes")]
    [InlineData(SignalType.Impact, "he perdido cuatro clientes por esto")]
    [InlineData(SignalType.Impact, "perdí el día de trabajo")]
    [InlineData(SignalType.Impact, "tuve que pagar un taxi de mi bolsillo")]
    [InlineData(SignalType.Impact, "tengo el negocio parado y sin vender")]
    [InlineData(SignalType.Misfit, "el colchón no cabe en mi cuarto")]
    [InlineData(SignalType.Misfit, "para lo que yo hago no me sirve")]
    [InlineData(SignalType.Misfit, "necesito exportar a Excel y este plan no lo permite")]
    [InlineData(SignalType.Misfit, "el cargador no es compatible con mi modelo")]
    [InlineData(SignalType.Postponement, "no puedo el jueves, ¿me cambias la visita al lunes?")]
    [InlineData(SignalType.Postponement, "tengo que volver a correr la cita")]
    [InlineData(SignalType.Postponement, "mejor pasamos la reunión para otro día")]
    [InlineData(SignalType.Postponement, "cancele la visita de mañana, me surgió un viaje")]
    [InlineData(SignalType.Relief, "ya funciona, muchas gracias")]
    [InlineData(SignalType.Relief, "menos mal, por fin llegó")]
    [InlineData(SignalType.Relief, "perdón por el tono de antes")]
    [InlineData(SignalType.Relief, "me has salvado la tarde")]
    public void Grievance_Stated_Fires(SignalType type, string text) => AssertFires(type, text);

    [Theory]
    [InlineData(SignalType.RepeatContact, "es la primera vez que escribo")]
    [InlineData(SignalType.RepeatContact, "la oficina está en la tercera planta")]
    [InlineData(SignalType.RepeatContact, "gracias otra vez")]
    [InlineData(SignalType.RepeatContact, "pago la segunda cuota el lunes")]
    [InlineData(SignalType.Unheard, "el cliente no contesta, ¿reenvío el presupuesto?")]
    [InlineData(SignalType.Unheard, "perdón, no contesté antes")]
    [InlineData(SignalType.Unheard, "gracias por contestar tan rápido")]
    [InlineData(SignalType.Unheard, "la página no responde al pulsar el botón")]
    [InlineData(SignalType.Waiting, "hace diez años que soy cliente")]
    [InlineData(SignalType.Waiting, "quedo a la espera de sus noticias, saludos")]
    [InlineData(SignalType.Waiting, "el plan es de doce meses")]
    [InlineData(SignalType.Waiting, "buenas tardes")]
    [InlineData(SignalType.Distrust, "no digo que sean unos ladrones")]
    [InlineData(SignalType.Distrust, "¿el seguro cubre robo?")]
    [InlineData(SignalType.Distrust, "me robaron el celular en la calle")]
    [InlineData(SignalType.Distrust, "pillaron a los ladrones del edificio")]
    [InlineData(SignalType.Objection, "acepto la propuesta")]
    [InlineData(SignalType.Objection, "no quiero molestar, solo pregunto")]
    [InlineData(SignalType.Objection, "no rechazo la promo, la estoy pensando")]
    [InlineData(SignalType.Objection, "no acepto llamadas porque estoy en clase")]
    [InlineData(SignalType.Curtness, "lo que usted diga, muchas gracias por su ayuda")]
    [InlineData(SignalType.Curtness, "ok gracias")]
    [InlineData(SignalType.Curtness, "sí")]
    [InlineData(SignalType.Curtness, "¿cómo quiere que le envíe el documento?")]
    [InlineData(SignalType.Urgency, "no es urgente")]
    [InlineData(SignalType.Urgency, "sin prisa, cuando puedan")]
    [InlineData(SignalType.Urgency, "¿la póliza cubre urgencias?")]
    [InlineData(SignalType.Urgency, "ahora me funciona")]
    [InlineData(SignalType.Impact, "no perdimos nada, todo bien")]
    [InlineData(SignalType.Impact, "perdí la contraseña")]
    [InlineData(SignalType.Impact, "¿el seguro cubre daños por agua?")]
    [InlineData(SignalType.Impact, "me ha salido un viaje")]
    [InlineData(SignalType.Misfit, "no corre prisa")]
    [InlineData(SignalType.Misfit, "no me sirve ese descuento")]
    [InlineData(SignalType.Misfit, "no llega el código al móvil")]
    [InlineData(SignalType.Misfit, "no cabe duda")]
    [InlineData(SignalType.Postponement, "el técnico me canceló la visita")]
    [InlineData(SignalType.Postponement, "me aplazaron ustedes la cita")]
    [InlineData(SignalType.Postponement, "quiero cancelar la suscripción")]
    [InlineData(SignalType.Postponement, "¿la cita es el lunes?")]
    [InlineData(SignalType.Relief, "todavía no funciona, gracias")]
    [InlineData(SignalType.Relief, "gracias por nada")]
    [InlineData(SignalType.Relief, "llegó roto")]
    [InlineData(SignalType.Relief, "quedo a la espera de su respuesta, saludos")]
    public void Grievance_Decoy_DoesNotFire(SignalType type, string text) => AssertSilent(type, text);

    [Theory]
    [InlineData(SignalType.SafetyHazard, "huele a gas en el portal")]
    [InlineData(SignalType.SafetyHazard, "el cargador echa humo")]
    [InlineData(SignalType.SafetyHazard, "la lavadora me dio una descarga")]
    [InlineData(SignalType.SafetyHazard, "hay un cable caído en la vereda")]
    [InlineData(SignalType.AccountSecurity, "me hackearon la cuenta")]
    [InlineData(SignalType.AccountSecurity, "hay compras que no reconozco en mi tarjeta")]
    [InlineData(SignalType.AccountSecurity, "alguien está usando mi cuenta")]
    [InlineData(SignalType.AccountSecurity, "me clonaron la tarjeta")]
    [InlineData(SignalType.Hardship, "mi padre murió el lunes")]
    [InlineData(SignalType.Hardship, "me quedé sin trabajo")]
    [InlineData(SignalType.Hardship, "mi esposa está en quimioterapia")]
    [InlineData(SignalType.Hardship, "se nos inundó la casa")]
    [InlineData(SignalType.Minor, "tengo 13 años y no me deja comprar")]
    [InlineData(SignalType.Minor, "soy menor de edad")]
    [InlineData(SignalType.Minor, "tengo 12 y la tarjeta es de mi mamá")]
    [InlineData(SignalType.Minor, "somos tres amigos de 15 años")]
    [InlineData(SignalType.PrivacyRequest, "borren todos mis datos")]
    [InlineData(SignalType.PrivacyRequest, "¿qué datos guardan de mí?")]
    [InlineData(SignalType.PrivacyRequest, "quiero ejercer mi derecho de acceso")]
    [InlineData(SignalType.PrivacyRequest, "elimine mi información de su sistema")]
    [InlineData(SignalType.Misuse, "¿y si digo que no me llegó, me mandan otro?")]
    [InlineData(SignalType.Misuse, "ponga que vino roto aunque no lo sea")]
    [InlineData(SignalType.Misuse, "le doy una propina y nadie se entera")]
    [InlineData(SignalType.Misuse, "te paso un recibo trucho y listo")]
    public void Care_Stated_Fires(SignalType type, string text) => AssertFires(type, text);

    [Theory]
    [InlineData(SignalType.SafetyHazard, "no hay humo ni chispas, solo no enciende")]
    [InlineData(SignalType.SafetyHazard, "¿la póliza cubre incendio?")]
    [InlineData(SignalType.SafetyHazard, "explota la página cada vez que entro")]
    [InlineData(SignalType.SafetyHazard, "esto huele a estafa")]
    [InlineData(SignalType.AccountSecurity, "nadie me hackeó, olvidé la clave")]
    [InlineData(SignalType.AccountSecurity, "¿cómo evito el phishing?")]
    [InlineData(SignalType.AccountSecurity, "¿el seguro cubre fraude con tarjeta?")]
    [InlineData(SignalType.AccountSecurity, "¿quién se hace cargo del envío?")]
    [InlineData(SignalType.Hardship, "se me murió la batería del celular")]
    [InlineData(SignalType.Hardship, "¿el seguro cubre enfermedad?")]
    [InlineData(SignalType.Hardship, "salgo de la terminal 2")]
    [InlineData(SignalType.Hardship, "no estoy enfermo, es un control")]
    [InlineData(SignalType.Minor, "mi hija tiene 13 años")]
    [InlineData(SignalType.Minor, "tengo 12 pedidos pendientes")]
    [InlineData(SignalType.Minor, "no soy menor, tengo 45 años")]
    [InlineData(SignalType.Minor, "tengo 15 años de cliente")]
    [InlineData(SignalType.PrivacyRequest, "borré el caché y sigue igual")]
    [InlineData(SignalType.PrivacyRequest, "me quedé sin datos móviles")]
    [InlineData(SignalType.PrivacyRequest, "¿dónde cambio mis datos de facturación?")]
    [InlineData(SignalType.PrivacyRequest, "me borraron las facturas")]
    [InlineData(SignalType.Misuse, "no quiero mentir en el formulario")]
    [InlineData(SignalType.Misuse, "necesito la factura a nombre de la empresa")]
    [InlineData(SignalType.Misuse, "su inspector me pidió una coima")]
    [InlineData(SignalType.Misuse, "pone que el pedido no llegó")]
    public void Care_Decoy_DoesNotFire(SignalType type, string text) => AssertSilent(type, text);

    [Theory]
    [InlineData(SignalType.Abuse, "Mire, es usted un inepto.", "es usted un inepto")]
    [InlineData(SignalType.Threat, "Escúchame: te voy a partir la cara.", "te voy a partir la cara")]
    [InlineData(SignalType.ManagerRequest, "Por favor, páseme con su supervisor.", "páseme con su supervisor")]
    [InlineData(SignalType.Unheard, "La verdad, nunca me responden.", "nunca me responden")]
    [InlineData(SignalType.Vulnerability, "Perdone, no quiero seguir viviendo.", "no quiero seguir viviendo")]
    public void Evidence_OfASignal_IsTheCustomersOwnWords(SignalType type, string text, string words)
    {
        var signal = Detect(text).Find(type);

        Assert.NotNull(signal);
        Assert.Contains(signal.Evidence, e => e.Text == words && text.Substring(e.Start, e.Length) == words);
    }

    [Theory]
    [InlineData(SignalType.ChurnIntent, "no pienso cancelar mi contrato", false)]
    [InlineData(SignalType.ChurnIntent, "no puedo más, quiero cancelar mi contrato", true)]
    [InlineData(SignalType.Distrust, "no puedo creer que nos roben así, son unos ladrones", true)]
    [InlineData(SignalType.LegalThreat, "no voy a ir con un abogado", false)]
    [InlineData(SignalType.Unheard, "nadie me contesta", true)]
    public void Negation_GovernsOnlyWhatItNegates(SignalType type, string text, bool fires)
    {
        if (fires)
        {
            AssertFires(type, text);
        }
        else
        {
            AssertSilent(type, text);
        }
    }

    [Theory]
    [InlineData(SignalType.Abuse, "el cartel decía «eres un idiota» y quiero que lo quiten")]
    [InlineData(SignalType.Threat, "\"muérete\" es el nombre de mi clan")]
    [InlineData(SignalType.Distrust, "el grupo se llama “son unos ladrones”")]
    public void Quotation_OfSomebodysWords_DoesNotFire(SignalType type, string text) => AssertSilent(type, text);

    [Theory]
    [InlineData("eres un pend*jo")]
    [InlineData("hij* de p*ta")]
    [InlineData("p3ndejo")]
    [InlineData("IMB3CIL")]
    [InlineData("chinga t\u200Bu m\u200Badre")]
    [InlineData("sos un pelotuuudo")]
    [InlineData("hdp")]
    public void Abuse_Disguised_Fires(string text) => AssertFires(SignalType.Abuse, text);

    private static SignalFindings Detect(string text) => ThePlaybook.Signals.Detect(MessageReading.Of(text), MessageLanguage.Spanish);

    private static void AssertFires(SignalType type, string text)
    {
        var findings = Detect(text);
        Assert.True(findings.ConfidenceOf(type) >= Fires, $"{type} was expected in: {text}");
    }

    private static void AssertSilent(SignalType type, string text)
    {
        var signal = Detect(text).Find(type);
        Assert.True((signal?.Confidence.Value ?? 0) < Fires, $"{type} was not expected in: {text}, but '{signal?.Evidence[0].Text}' fired");
    }
}
