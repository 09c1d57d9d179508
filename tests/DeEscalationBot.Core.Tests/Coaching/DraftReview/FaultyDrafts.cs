namespace DeEscalationBot.Core.Tests.Coaching.DraftReview;

/// <summary>Drafts that break a rule.</summary>
/// <remarks>
/// Written for these tests by people who read the contract, not by running the rules. A line is a draft; <c>F</c> in front makes it a
/// farewell; <c>||</c> divides it from what the customer wrote. The rule stands in front.
/// </remarks>
internal static class FaultyDrafts
{
    /// <summary>In Spanish.</summary>
    public const string Spanish =
        """
        generic-empathy | Entiendo su problema. Estamos trabajando en ello y le responderemos lo antes posible. || Llevo tres semanas esperando el pedido 88213 y nadie me contesta.
        generic-empathy | Comprendo perfectamente su frustración. Un compañero le contactará pronto. || Me han cobrado dos veces la cuota de mayo, 29,90 €.
        generic-empathy | Lamentamos las molestias ocasionadas. || La lavadora que compré el martes no centrifuga.
        generic-empathy | Entiendo cómo te sientes, vamos a revisarlo. || Mi internet se cae todas las noches.
        generic-empathy | Comprendo la situación y le agradezco su paciencia.
        generic-empathy | Entiendo su molestia. Por favor, reinicie el router. || Llevo tres días llamando y me cuelgan.
        generic-empathy | Nos hacemos cargo de la situación. Trabajamos para mejorar cada día.
        empathy-but | Entiendo su enfado con el pedido 88213, pero el plazo es de diez días.
        empathy-but | Comprendo que esté molesto, sin embargo no podemos devolverle el dinero.
        empathy-but | Lamento que el paquete llegara roto, pero eso es cosa de la mensajería.
        empathy-but | Te entiendo, pero son las normas.
        empathy-but | Sé que es frustrante esperar dos semanas. Pero tenemos muchos pedidos.
        empathy-but | Siento mucho lo ocurrido, pero no hay nada que pueda hacer.
        should-statement | Debería haber leído las condiciones antes de comprar.
        should-statement | Usted tendría que haber sabido que el descuento vencía el viernes.
        should-statement | Debiste avisarnos antes del día 5.
        should-statement | Deberías haber leído el correo que te enviamos el 3 de mayo.
        should-statement | Si hubiera leído el contrato, no tendría este problema.
        should-statement | Tenías que haber guardado el ticket, vos sabés cómo es esto.
        should-statement | Usted debería saber que los lunes cerramos.
        should-statement | Su pedido 7741 salió el lunes, pero debería haber revisado la dirección.
        promise | Le garantizo que mañana lo tendrá.
        promise | Te prometo que no volverá a pasar.
        promise | Esto nunca más va a ocurrir.
        promise | No se preocupe, vamos a resolver su problema hoy mismo.
        promise | Su incidencia quedará resuelta hoy.
        promise | Estamos 100 % seguros de que llegará el martes.
        promise | Le aseguro que no se repetirá.
        promise | Le doy mi palabra de que su reembolso llegará el lunes.
        blame | Es culpa suya por no revisar la dirección.
        blame | El problema lo causó usted al desconectar el equipo.
        blame | Usted se equivocó al introducir el número de tarjeta.
        blame | Nadie más ha tenido este problema.
        blame | No leíste bien las instrucciones, tú no hiciste la copia.
        blame | Fue su error, no el nuestro.
        defensive-justification | Hacemos todo lo que podemos.
        defensive-justification | Tiene que entender que tenemos muchos clientes.
        defensive-justification | No es culpa nuestra, es de la empresa de transporte.
        defensive-justification | Nosotros hicimos todo correctamente.
        defensive-justification | Estamos saturados y no damos abasto.
        defensive-justification | Póngase en nuestro lugar.
        pushing-ahead | Ya firmó el contrato por un año. ¿Podemos avanzar?
        pushing-ahead | Dejemos las dudas y sigamos adelante.
        pushing-ahead | No le dé más vueltas y firme hoy.
        pushing-ahead | Ya es tarde para echarse atrás.
        pushing-ahead | Tiene que decidirse ya.
        hostile-tone | ¿Y a mí qué me cuenta?
        hostile-tone | Deje de quejarse y espere.
        hostile-tone | Felicidades, ha logrado romper nuestro récord de quejas.
        hostile-tone | Ese no es mi problema.
        hostile-tone | Si no le gusta, búsquese otra empresa.
        hostile-tone | No me grite. Haga lo que quiera.
        hostile-tone | Deje de insistir, su pedido 88213 sale el martes.
        shouting | LE HE DICHO QUE NO. Su pedido llega el martes.
        shouting | Lea el correo, POR FAVOR, y conteste.
        shouting | ¡¡¡Ya está enviado!!!
        shouting | Debe enviar el formulario HOY.
        shouting | ¿Ha reiniciado el router???
        calm-down | Cálmese, por favor.
        calm-down | No se enfade, lo estamos mirando.
        calm-down | Tranquilízate, no es para tanto.
        calm-down | Está exagerando un poco.
        calm-down | Le pido que se calme para poder ayudarle.
        condescension | Como ya le dije, el plazo es de diez días.
        condescension | Obviamente, hay que encender el equipo primero.
        condescension | Es muy sencillo: lea el manual.
        condescension | Ya se lo he explicado tres veces.
        condescension | Hasta un niño lo entiende.
        condescension | Le repito que el envío sale el lunes.
        policy-shield | Es nuestra política y no hay excepciones.
        policy-shield | Nuestra política no permite devoluciones después de 30 días.
        policy-shield | Por normas de la empresa no aceptamos cambios.
        policy-shield | No puedo hacer excepciones, son las condiciones que usted aceptó.
        policy-shield | El sistema no me deja.
        written-liability | Reconocemos nuestra negligencia en la instalación.
        written-liability | Somos legalmente responsables de los daños.
        written-liability | Ya sabíamos que ese cargador era defectuoso.
        written-liability | Puede demandarnos y ganaría el juicio.
        written-liability | Entre nosotros, esto pasa todo el tiempo.
        written-liability | Hemos incumplido el contrato.
        personal-attack | Usted es un maleducado.
        personal-attack | Está mintiendo.
        personal-attack | Eres una persona tóxica y no tienes educación.
        personal-attack | Su actitud es ridícula.
        personal-attack | Gente como usted no merece respuesta.
        register-slip | Le envío el formulario para que puedas rellenarlo.
        register-slip | Hola, Ana. Te confirmo que su pedido salió ayer.
        register-slip | Usted puede cambiarlo en tu cuenta.
        register-slip | Si tenés dudas, le ayudo con gusto.
        register-slip | Disculpe la espera, ya tienes el reembolso.
        dismissive | Eso no es de nuestro departamento.
        dismissive | No podemos hacer nada.
        dismissive | Es lo que hay.
        dismissive | Llame más tarde.
        dismissive | Tendrá que hablar con otro departamento.
        asks-again | ¿Me podría indicar su número de pedido? || Hola, el pedido 88213 no llega.
        asks-again | Por favor, facilíteme su correo electrónico. || Escríbanme a ana@example.com, gracias.
        asks-again | ¿Cómo se llama? || Soy Marta y llevo dos días sin luz.
        asks-again | ¿Qué importe le cobraron? || Me cobraron 45 € de más.
        asks-again | Necesito su teléfono para llamarle. || Mi móvil es 612 345 678.
        asks-again | ¿Cuál es su problema? || Compré unas zapatillas el lunes, llegaron de otra talla y nadie me contesta a los correos.
        no-next-step | Hemos recibido el mensaje y tomamos nota de todo lo que comenta sobre la habitación, el ruido de la calle y el desayuno del domingo en el hotel.
        F reconsideration-opening | Estimado Sr. Pérez: tras las amenazas del 3 de mayo, ponemos fin al contrato. Si cambia de actitud, podríamos reconsiderarlo.
        F reconsideration-opening | Sr. Díaz, por los insultos del 2 de junio dejamos de prestarle servicio por ahora.
        F reconsideration-opening | Señora Gil, por las tres facturas impagadas cerramos su cuenta. La puerta queda abierta.
        F reconsideration-opening | Don Luis, por el impago de abril cerramos la cuenta el 30 de junio. Esperamos volver a trabajar con usted.
        F reconsideration-opening | Ana, por los insultos del lunes terminamos el servicio. Quizá más adelante podamos retomarlo.
        F vague-reason | Estimado Sr. Pérez: por diversos motivos hemos decidido poner fin a nuestra relación el 30 de junio.
        F vague-reason | Sra. Gil, por motivos internos dejamos de prestarle servicio desde el 1 de julio.
        F vague-reason | Ana, la relación ya no funciona y la damos por terminada el 3 de mayo.
        F vague-reason | Don Luis, a partir del 30 de junio cerramos su cuenta. Le deseamos lo mejor.
        F vague-reason | Sr. Díaz, por todo lo ocurrido finalizamos el contrato el 15 de mayo.
        F untouched-template | Estimado [nombre]: lamentamos informarle de que finalizamos el contrato por impago.
        F untouched-template | Estimado cliente: lamentamos informarle de que damos por terminada nuestra relación por incumplimiento de las condiciones. Le deseamos lo mejor.
        F untouched-template | Hola {{nombre}}, cerramos su cuenta por impago.
        F untouched-template | Estimada clienta: por impago de facturas, cerramos su cuenta. Atentamente.
        F untouched-template | Estimado XXXX: cerramos la cuenta por insultos al equipo.
        generic-empathy | Sentimos las molestias que esto haya podido causarle.
        generic-empathy | Sabemos lo frustrante que puede ser esta situación.
        empathy-but | Comprendemos su descontento, no obstante la devolución está fuera de plazo.
        should-statement | Usted tenía la obligación de revisar el contrato.
        should-statement | ¿Cómo no se dio cuenta antes?
        should-statement | Si usted se hubiera fijado en la letra pequeña, lo habría visto.
        promise | Le aseguro al 100% que lo tendrá el viernes.
        promise | Prometido, mañana queda solucionado.
        promise | Sin duda alguna llegará mañana.
        blame | Si el equipo se rompió es porque lo manipuló mal.
        blame | La avería se debe a un mal uso por su parte.
        blame | Nosotros no nos equivocamos, seguro que lo ha escrito mal.
        defensive-justification | Hacemos lo que podemos con los recursos que tenemos.
        defensive-justification | La demora es responsabilidad del transportista, no nuestra.
        pushing-ahead | Ya hemos hablado de eso, ¿seguimos con la instalación?
        pushing-ahead | Deje de darle vueltas, todo el mundo firma sin problemas.
        hostile-tone | Mire, yo no estoy aquí para aguantar sus gritos.
        hostile-tone | Si tanto le molesta, cámbiese de compañía.
        hostile-tone | ¿Otra vez usted?
        calm-down | Por favor mantenga la compostura.
        calm-down | Bájele dos rayitas al tono.
        condescension | No es tan difícil de entender.
        policy-shield | El reglamento es claro: sin ticket no hay devolución.
        policy-shield | No se puede, lo dice el contrato.
        written-liability | Admitimos que vendimos un producto defectuoso.
        written-liability | Nuestro abogado dice que usted tiene razón.
        personal-attack | Su comportamiento es el de un niño.
        personal-attack | Qué maleducado es usted.
        register-slip | Señor García, te llamo mañana para confirmarle la cita.
        register-slip | Hola, ¿cómo estás? Quería informarle que su pedido está listo.
        dismissive | Eso tendrá que verlo con su banco.
        dismissive | Yo de eso no sé nada.
        """;

    /// <summary>In English.</summary>
    public const string English =
        """
        generic-empathy | I understand your frustration. We will get back to you as soon as possible. || My order 5521 has not arrived in 3 weeks.
        generic-empathy | I completely understand how you feel. A colleague will contact you shortly. || I was charged twice for May, $29.90 each.
        generic-empathy | We apologize for any inconvenience this may have caused. || The washing machine I bought on Tuesday does not spin.
        generic-empathy | I can imagine how frustrating this must be. We are looking into it. || My internet drops every night.
        generic-empathy | I understand your concern and appreciate your patience.
        generic-empathy | I'm sorry to hear that. We value your feedback.
        empathy-but | I understand you are upset about order 88213, but delivery takes ten days.
        empathy-but | I'm sorry you feel that way, however we cannot refund you.
        empathy-but | I hear you, but those are the rules.
        empathy-but | I know waiting two weeks is frustrating. But we have many orders.
        empathy-but | I'm sorry the parcel arrived broken, but that is up to the courier.
        should-statement | You should have read the terms before buying.
        should-statement | You should've known that the discount ended on Friday.
        should-statement | You ought to have told us before the 5th.
        should-statement | You were supposed to check the e-mail we sent on 3 May.
        should-statement | If you had read the contract, you wouldn't have this problem.
        should-statement | As a customer you should know that we close on Mondays.
        should-statement | Your order 7741 left on Monday, but you should have checked the address.
        promise | I guarantee you will have it tomorrow.
        promise | I promise this will never happen again.
        promise | We will definitely resolve your issue today.
        promise | Rest assured, it will be fixed by tomorrow.
        promise | You have my word that the refund will arrive on Monday.
        promise | I am 100% sure it will work.
        blame | This is your fault for not checking the address.
        blame | You must have entered the wrong card number.
        blame | You didn't read the instructions.
        blame | No other customer has complained about this.
        blame | The damage happened because you didn't follow the manual.
        defensive-justification | We are doing everything we can.
        defensive-justification | You have to understand that we have many customers.
        defensive-justification | It's not our fault, it's the courier's.
        defensive-justification | We followed the procedure correctly.
        defensive-justification | We are very busy at the moment and short on staff.
        defensive-justification | In our defence, the system is new.
        pushing-ahead | You already signed for a year. Can we move on?
        pushing-ahead | Let's just proceed anyway.
        pushing-ahead | Stop overthinking and sign today.
        pushing-ahead | It's too late to back out.
        pushing-ahead | There's no catch, so let's get this done.
        hostile-tone | What do you want me to do about it?
        hostile-tone | Stop complaining and wait.
        hostile-tone | Congratulations, you managed to break it.
        hostile-tone | That's not my problem.
        hostile-tone | If you don't like it, go somewhere else.
        hostile-tone | Don't yell at me. Your order 88213 leaves on Tuesday.
        shouting | I SAID NO. Your order arrives on Tuesday.
        shouting | PLEASE read the e-mail and answer.
        shouting | It has been sent!!!
        shouting | You MUST send the form today.
        shouting | Did you restart the router???
        calm-down | Calm down, please.
        calm-down | Don't be angry, we are looking at it.
        calm-down | Relax, it's not a big deal.
        calm-down | You are overreacting.
        calm-down | There is no need to get upset.
        condescension | As I already told you, it takes ten days.
        condescension | Obviously, you need to switch it on first.
        condescension | It's very simple: read the manual.
        condescension | I've already explained this to you three times.
        condescension | Even a child could do it.
        condescension | Per my last email, the parcel leaves on Monday.
        policy-shield | It's our policy, there are no exceptions.
        policy-shield | Our policy does not allow returns after 30 days.
        policy-shield | As per company policy we don't accept exchanges.
        policy-shield | I can't make an exception, you agreed to the terms.
        policy-shield | The system won't let me.
        written-liability | We admit our negligence in the installation.
        written-liability | We are legally liable for the damage.
        written-liability | We already knew that this charger was defective.
        written-liability | You could sue us and you would win.
        written-liability | Between you and me, this happens all the time.
        written-liability | We breached the contract.
        personal-attack | You are a rude person.
        personal-attack | You're lying.
        personal-attack | People like you don't deserve an answer.
        personal-attack | Your attitude is ridiculous.
        personal-attack | You are being unreasonable and childish.
        dismissive | That's not our department.
        dismissive | There is nothing we can do.
        dismissive | It is what it is.
        dismissive | Call back later.
        dismissive | You'll have to speak to someone else.
        asks-again | Could you give me your order number? || Hi, order 88213 has not arrived.
        asks-again | Please provide your e-mail address. || Write to me at ann@example.com, thanks.
        asks-again | May I have your name? || I'm Martha and I have had no power for two days.
        asks-again | How much were you charged? || I was charged $45 too much.
        asks-again | I need your phone number to call you. || My mobile is 07700 900123.
        asks-again | How can I help you? || I bought trainers on Monday, they came in the wrong size and nobody answers my e-mails.
        register-slip | Dear Ms Okafor, we acknowledge receipt of your claim of 3 May. Gonna look at it tomorrow, mate.
        register-slip | yo, all done! Please be advised that the deposit shall be returned upon receipt of the keys.
        register-slip | Dear Dr Nwosu, further to your letter, the certificate is enclosed. Easy peasy!
        no-next-step | We received the message and took note of everything that you mention about the room, the noise from the street and the breakfast on the terrace of the hotel.
        F reconsideration-opening | Dear Mr Perez, after the threats of 3 May we are ending the contract. If you change your attitude, we might reconsider.
        F reconsideration-opening | Mr Diaz, because of the insults of 2 June we are ending our service for now.
        F reconsideration-opening | Mrs Gill, because of three unpaid invoices we are closing your account. The door is always open.
        F reconsideration-opening | Luis, because of the overdue balance of April we close the account on 30 June. We hope to work with you again.
        F reconsideration-opening | Ann, because of the insults on Monday we are terminating the service unless you apologise.
        F vague-reason | Dear Mr Perez, for various reasons we have decided to end our relationship on 30 June.
        F vague-reason | Mrs Gill, for internal reasons we will stop providing our service on 1 July.
        F vague-reason | Ann, this is not working out and we are closing your account on 3 May.
        F vague-reason | Luis, from 30 June we no longer provide the service. We wish you all the best.
        F vague-reason | Mr Diaz, given everything that happened, we are terminating the contract on 15 May.
        F untouched-template | Dear [Name], we regret to inform you that we are ending the contract for non-payment.
        F untouched-template | Dear customer, we regret to inform you that we are terminating our relationship because of a breach of our terms. We wish you all the best.
        F untouched-template | Hi {{first_name}}, we are closing your account for non-payment.
        F untouched-template | Dear valued client, we are closing your account because of unpaid invoices. Regards.
        F untouched-template | Dear XXXX, we are closing the account because of insults to our team.
        generic-empathy | We are sorry for any trouble this might have caused you.
        generic-empathy | Please accept our apologies for the inconvenience.
        empathy-but | We understand your dissatisfaction; nevertheless the return window has closed.
        empathy-but | While I understand your frustration, our hands are tied.
        should-statement | You had an obligation to review the contract.
        should-statement | How did you not notice earlier?
        should-statement | Had you followed the instructions, it would work.
        promise | I can 100% guarantee that you'll have it by Friday.
        promise | It'll be there tomorrow, no doubt.
        promise | We will make sure this never happens again.
        blame | If the device broke it's because you mishandled it.
        blame | The details you entered were wrong, it's your error.
        blame | You're the only customer with this issue.
        defensive-justification | Our technicians are top professionals and never fail.
        defensive-justification | We have no obligation to cover that.
        pushing-ahead | Everybody signs without problems, just do it.
        pushing-ahead | Why are you hesitating? Just sign.
        hostile-tone | I'm not here to put up with your shouting.
        hostile-tone | If it bothers you that much, switch providers.
        hostile-tone | You again?
        calm-down | Please keep your composure.
        calm-down | Tone it down.
        condescension | As you can clearly see in the contract you signed, there is a fee.
        policy-shield | The rules are clear: no receipt, no refund.
        written-liability | We admit that we sold you a defective product.
        written-liability | Our lawyer says you are right.
        personal-attack | You are behaving like a child.
        personal-attack | You're impossible to deal with.
        dismissive | We only sell here, google the rest.
        dismissive | I know nothing about that.
        """;
}
