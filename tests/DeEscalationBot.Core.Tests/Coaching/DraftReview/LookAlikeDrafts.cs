namespace DeEscalationBot.Core.Tests.Coaching.DraftReview;

/// <summary>Drafts that look as if they broke a rule and do not.</summary>
/// <remarks>
/// Written for these tests by people who read the contract, not by running the rules. A line is a draft; <c>F</c> in front makes it a
/// farewell; <c>||</c> divides it from what the customer wrote. The rule that must not fire stands in front.
/// </remarks>
internal static class LookAlikeDrafts
{
    /// <summary>In Spanish.</summary>
    public const string Spanish =
        """
        generic-empathy | Entiendo que el pedido 88213 lleva tres semanas parado en la agencia.
        generic-empathy | Lamento que la lavadora no centrifugue; el técnico pasa el jueves. || La lavadora no centrifuga desde el martes.
        generic-empathy | No entiendo el problema todavía, ¿me cuenta qué pantalla ve?
        generic-empathy | Para entender la situación necesito una foto del contador.
        generic-empathy | Siento que le cobraran dos veces los 29,90 €. || Me han cobrado dos veces la cuota de mayo, 29,90 €.
        empathy-but | Lamento la espera, pero ya está resuelto.
        empathy-but | Entiendo que quiere cambiarlo por otra talla, pero no devolverlo. ¿Es correcto?
        empathy-but | La talla 40 está agotada, pero la 41 llega el lunes.
        empathy-but | Siento el retraso, pero tengo buenas noticias: sale hoy.
        empathy-but | Puede pagar con tarjeta, pero también por transferencia.
        should-statement | Debería recibir un correo en diez minutos.
        should-statement | Deberíamos haberle avisado antes del cambio de precio.
        should-statement | El paquete debería haber salido ayer; lo estoy mirando.
        should-statement | Debería haberle llamado yo esta mañana, disculpe.
        should-statement | Ahora debería ver un botón verde en la pantalla.
        promise | No le puedo prometer que llegue el viernes.
        promise | Le prometo que le escribo hoy antes de las cinco.
        promise | La garantía del televisor dura tres años.
        promise | Le aseguro que hemos leído los tres correos que envió.
        promise | Vamos a buscar una solución y mañana le cuento.
        blame | No es culpa suya, el formulario no lo explicaba.
        blame | El error fue nuestro y ya está corregido.
        blame | ¿Pudo leer el correo del lunes?
        blame | Si no recibió el código, se lo reenvío ahora.
        blame | El banco indica que la tarjeta está caducada; ¿tiene otra a mano?
        defensive-justification | Lamento la espera de dos horas. Estamos con mucho trabajo y le atiendo ahora mismo.
        defensive-justification | Entiendo que el retraso de la entrega le dejó sin regalo.
        defensive-justification | La culpa fue nuestra y la devolución sale hoy.
        defensive-justification | Tenemos dos tiendas en Sevilla.
        defensive-justification | Puede entender mejor la factura con este ejemplo.
        pushing-ahead | ¿Quiere que sigamos con la verificación?
        pushing-ahead | Podemos continuar cuando usted quiera.
        pushing-ahead | ¿Qué le genera dudas del contrato?
        pushing-ahead | Ya firmó el contrato el 3 de mayo, así que el precio se mantiene.
        pushing-ahead | Puede pensarlo con tranquilidad hasta el domingo.
        hostile-tone | No me importa esperar, busque el recibo con calma.
        hostile-tone | Deje el paquete en portería y lo recogemos.
        hostile-tone | Haga la prueba que quiera durante 30 días.
        hostile-tone | Si no le gusta el color, se lo cambiamos gratis.
        hostile-tone | Felicidades por la boda, y enhorabuena a los dos.
        shouting | El IBAN y el BIC están en la última página.
        shouting | Su código es NAVIDAD25.
        shouting | ¡Muchas gracias! ¡Buen fin de semana!
        shouting | La oficina de RENFE abre a las 8.
        shouting | ¿Le viene bien el martes?
        calm-down | No se preocupe, queda anotado.
        calm-down | Quédese tranquilo, el dinero no ha salido de su cuenta.
        calm-down | Léalo con calma.
        calm-down | Entiendo que le molestara esperar dos horas por el técnico.
        calm-down | La habitación es tranquila y da al patio.
        condescension | Como me pidió, le envío el recibo.
        condescension | Le comenté su caso a mi compañera y ella lo tiene ya.
        condescension | No es fácil seguir ese menú, lo sé.
        condescension | ¿Prefiere que se lo explique por teléfono?
        condescension | Le repetimos el envío sin coste.
        policy-shield | Nuestra política permite cambios durante 60 días.
        policy-shield | Por normas de seguridad no puedo ver su clave, pero puedo enviarle un enlace para cambiarla.
        policy-shield | Le adjunto las condiciones que me pidió.
        policy-shield | No está permitido enviar baterías por avión; se la mando por carretera.
        policy-shield | Según el contrato, la cuota baja a 20 € en julio.
        written-liability | Fue un error nuestro y ya está corregido en su cuenta.
        written-liability | Soy la persona responsable de su caso.
        written-liability | Asumimos la responsabilidad del retraso y le devolvemos el envío.
        written-liability | El contrato incumplido es el de la otra línea, según el informe.
        written-liability | Le compensamos con un mes gratis.
        personal-attack | Usted es muy amable.
        personal-attack | Es una situación difícil y quiero ayudarle.
        personal-attack | Gracias a clientes como usted mejoramos.
        personal-attack | Siento que el agente fuera maleducado con usted.
        personal-attack | No es usted el problema, es el formulario.
        register-slip | Ustedes pueden pasar el lunes; les dejo las llaves en recepción.
        register-slip | Vos podés cambiarlo desde tu cuenta y te aviso.
        register-slip | Hablé con el repartidor y te confirmo que su ruta pasa por tu calle a las 5.
        register-slip | Le digo a mi compañera que te llame.
        register-slip | Le escribo para contarle cómo va su pedido.
        register-slip | Puede escribir a Hugo Iriarte o a la señora Duarte; le responden el lunes.
        dismissive | Eso lo lleva otro equipo; le paso con ellos ahora.
        dismissive | No podemos hacer el cambio hoy, pero puede solicitarlo mañana desde la web.
        dismissive | No puedo ayudarle con la clave por chat; le llamo en cinco minutos si quiere.
        dismissive | La respuesta está en la página 4: el plazo es de 30 días.
        dismissive | Llame al 955 000 111 y pida por Ana.
        dismissive | La jefa de taller la llama mañana a las nueve con el presupuesto.
        blame | No fue cosa suya: el cajero no activó la tarjeta.
        blame | Recoja lo mojado sin tocar los enchufes; el técnico sale ahora.
        condescension | La semana pasada se lo dije mal: la cita es el jueves, no el martes.
        pushing-ahead | Cerramos el taller en agosto y volvemos el día 1.
        register-slip | Si nos trae la caja, se la cambiamos en el momento.
        register-slip | Entre enero y marzo pediste tres cambios, y los tres están hechos.
        asks-again | ¿Me podría indicar su número de pedido? || Hola, mi paquete no llega.
        asks-again | ¿Es el pedido 88213 el que falta? || El pedido 88213 no llega.
        asks-again | No encuentro el pedido 88213. ¿Podría comprobar el número? || El pedido 88213 no llega.
        asks-again | ¿Tiene otro correo? El primero rebota. || Mi correo es ana@example.com
        asks-again | ¿Me envía una foto de la etiqueta? || Soy Marta, pedido 88213.
        no-next-step | Hola, buenos días.
        no-next-step | Gracias a usted por la paciencia de estas dos semanas y por las fotos, han servido para cerrar el caso hoy.
        no-next-step | Ya está corregido en su cuenta.
        no-next-step | He revisado la factura de marzo línea por línea y el cargo de 12 € corresponde a la llamada a Portugal. Mañana le llega el detalle.
        no-next-step | He revisado la factura de marzo línea por línea y el cargo de 12 € no aparece en ninguna parte. ¿Me envía una foto de la suya?
        F reconsideration-opening | Sr. Pérez: por los insultos del 3 de mayo, el contrato termina el 30 de junio. Puede recurrir esta decisión ante la dirección hasta el día 15.
        F reconsideration-opening | Sra. Gil: por tres facturas impagadas, la cuenta se cierra el 30 de junio. Hasta ese día puede descargar sus archivos.
        F reconsideration-opening | Ana, por las amenazas del lunes dejamos de atenderle desde hoy. La decisión es definitiva.
        F reconsideration-opening | Don Luis: nuestra plataforma no cubre Portugal, así que el servicio termina el 1 de julio. Le recomiendo Transportes Vega.
        F reconsideration-opening | Sr. Díaz: por el impago de abril cerramos su cuenta el 15 de mayo. Le deseo mucha suerte.
        F vague-reason | Sr. Pérez: tras los insultos a dos compañeras el 3 de mayo, el contrato termina el 30 de junio.
        F vague-reason | Sra. Gil: por tres facturas impagadas, la cuenta se cierra el 30 de junio.
        F vague-reason | Ana, nuestro producto no ofrece la integración que necesita, así que el servicio termina el 1 de julio.
        F vague-reason | Don Luis: por incumplimiento de la cláusula 7, cerramos la cuenta el 15 de mayo.
        F vague-reason | Sr. Díaz: después de cinco reuniones canceladas sin aviso, damos por terminado el proyecto el 2 de junio.
        F untouched-template | Estimado Sr. Pérez: por los insultos del 3 de mayo, el contrato termina el 30 de junio.
        F untouched-template | Hola, Marta: cerramos su cuenta por impago de la factura de abril.
        F untouched-template | Estimada señora Gil: nuestra plataforma no cubre Portugal y el servicio termina.
        F untouched-template | Buenos días, Luis. Tras las tres facturas impagadas, cerramos la cuenta el 15 de mayo.
        F untouched-template | Ana, por las amenazas del lunes dejamos de atenderle.
        """;

    /// <summary>In English.</summary>
    public const string English =
        """
        generic-empathy | I understand that order 88213 has been at the depot for three weeks.
        generic-empathy | I'm sorry the washing machine doesn't spin; the engineer comes on Thursday. || The washing machine has not been spinning since Tuesday.
        generic-empathy | I don't understand the problem yet. Which screen do you see?
        generic-empathy | To understand the situation I need a photo of the meter.
        generic-empathy | I'm sorry you were charged $29.90 twice. || I was charged twice for May, $29.90 each.
        empathy-but | I'm sorry about the wait, but it is fixed now.
        empathy-but | I understand you want another size but not a refund. Is that right?
        empathy-but | Size 40 is sold out, but 41 arrives on Monday.
        empathy-but | I'm sorry for the delay, but I have good news: it ships today.
        empathy-but | You can pay by card, but also by transfer.
        should-statement | You should get an e-mail within ten minutes.
        should-statement | We should have told you before the price changed.
        should-statement | The parcel should have left yesterday; I am checking.
        should-statement | I should have called you this morning, I'm sorry.
        should-statement | You should now see a green button on the screen.
        promise | I can't promise that it will arrive on Friday.
        promise | I promise to write to you today before five.
        promise | The guarantee on the TV runs for three years.
        promise | I assure you we have read the three e-mails you sent.
        promise | We will look for a solution, and I'll tell you tomorrow.
        blame | It's not your fault, the form did not explain it.
        blame | The mistake was ours and it has been corrected.
        blame | Did you get a chance to read Monday's e-mail?
        blame | If you didn't receive the code, I'll send it again.
        blame | We sent you the wrong item, and the right one ships today.
        defensive-justification | I'm sorry about the two-hour wait. We are very busy today and I'm with you now.
        defensive-justification | I understand that the late delivery left you without a gift.
        defensive-justification | The fault was ours, and the refund leaves today.
        defensive-justification | We have two stores in Leeds.
        defensive-justification | This example may make the invoice easier to understand.
        pushing-ahead | Would you like to continue with the verification?
        pushing-ahead | We can continue whenever you are ready.
        pushing-ahead | What gives you doubts about the contract?
        pushing-ahead | You signed the contract on 3 May, so the price stays the same.
        pushing-ahead | You don't have to decide today; the offer stays open until Sunday.
        hostile-tone | I don't mind waiting, take your time to find the receipt.
        hostile-tone | Stop by the shop any time before six.
        hostile-tone | Please do that and let me know what you see.
        hostile-tone | If you don't like the colour, we will exchange it for free.
        hostile-tone | Congratulations on the wedding!
        shouting | The IBAN and the BIC are on the last page.
        shouting | Your code is WINTER25.
        shouting | Thank you! Have a nice weekend!
        shouting | The IKEA in Leeds opens at 8.
        shouting | Does Tuesday work for you?
        calm-down | Please don't worry, it has been noted.
        calm-down | You can rest easy, the money has not left your account.
        calm-down | Take your time to read it.
        calm-down | I understand that waiting two hours for the engineer upset you.
        calm-down | The room is calm and faces the courtyard.
        condescension | As you asked, I am sending the receipt.
        condescension | I told my colleague about your case and she has it now.
        condescension | That menu isn't easy to follow, I know.
        condescension | Would you rather I explained it by phone?
        condescension | We will send it again at no cost.
        policy-shield | Our policy allows exchanges for 60 days.
        policy-shield | For security rules I cannot see your password, but I can send you a link to reset it.
        policy-shield | I attach the terms you asked for.
        policy-shield | Batteries are not allowed on planes, so I'll send it by road.
        policy-shield | Under the contract the fee drops to £20 in July.
        written-liability | It was our mistake, and it is corrected on your account.
        written-liability | I am the person responsible for your case.
        written-liability | We take responsibility for the delay and refund the shipping.
        written-liability | The warranty covers accidental damage.
        written-liability | You get a free month as an apology.
        personal-attack | You are very kind.
        personal-attack | This is a difficult situation, and I want to help.
        personal-attack | We are grateful for customers like you.
        personal-attack | I'm sorry that the agent was rude to you.
        personal-attack | You are not the problem, the form is.
        dismissive | That's not our department, so I'll transfer you to billing now.
        dismissive | We can't change it today, but you can request it on the website tomorrow.
        dismissive | I can't help you with the password by chat; I can call you in five minutes if you like.
        dismissive | The answer is on page 4: the limit is 30 days.
        dismissive | Call 0113 496 0000 and ask for Ann.
        dismissive | I can't tell from one photo whether it is the door or the frame, so a fitter comes on Tuesday.
        dismissive | I don't want you to think that we forgot you: the part is on its way.
        dismissive | I can't say yet how the bank decides; I will ring you on Thursday with its answer.
        condescension | You were told five days and it has been nine; I have moved you to the front.
        hostile-tone | I have had it checked by the workshop, and the brakes are fine.
        hostile-tone | Could you zip it and send it again?
        personal-attack | You are entitled to a copy, and I have enclosed it.
        blame | I don't want you to think it was your mistake: two buttons look the same.
        blame | Nobody has told us yet, so I will ask them this afternoon.
        should-statement | You shouldn't have to choose between the two: take both home and bring one back.
        written-liability | We know outages are hard with small children; the crew expects to be done by six.
        register-slip | Hiya Tom, it's gonna be with you by Friday, mate.
        register-slip | Dear Mr Osei, the cheque left us today and should be with you on Thursday.
        asks-again | Could you give me your order number? || Hi, my parcel has not arrived.
        asks-again | Is it order 88213 that is missing? || Order 88213 has not arrived.
        asks-again | I can't find order 88213. Could you check the order number? || Order 88213 has not arrived.
        asks-again | Do you have another e-mail? The first one bounces. || My e-mail is ann@example.com
        asks-again | Could you send a photo of the label? || I'm Martha, order 88213.
        no-next-step | Good morning!
        no-next-step | Thank you for your patience over these two weeks and for the photos, they helped us to close the case today.
        no-next-step | It has been corrected on your account.
        no-next-step | I went through the March invoice line by line, and the charge of $12 is for the call to Portugal. The details reach you tomorrow.
        no-next-step | I went through the March invoice line by line, and the charge of $12 does not appear anywhere. Could you send me a photo of yours?
        F reconsideration-opening | Mr Perez, because of the insults of 3 May the contract ends on 30 June. You may appeal this decision to the management until the 15th.
        F reconsideration-opening | Mrs Gill, because of three unpaid invoices the account closes on 30 June. Until then you can download your files.
        F reconsideration-opening | Ann, because of Monday's threats we stop serving you today. The decision is final.
        F reconsideration-opening | Luis, our platform does not cover Portugal, so the service ends on 1 July. I recommend Vega Transport.
        F reconsideration-opening | Mr Diaz, because of the unpaid balance of April we close your account on 15 May. I wish you good luck.
        F vague-reason | Mr Perez, after the insults to two colleagues on 3 May the contract ends on 30 June.
        F vague-reason | Mrs Gill, because of three unpaid invoices the account closes on 30 June.
        F vague-reason | Ann, our product does not offer the integration that you need, so the service ends on 1 July.
        F vague-reason | Luis, because of a breach of section 7 we close the account on 15 May.
        F vague-reason | Mr Diaz, after five meetings cancelled without notice, the project ends on 2 June.
        F untouched-template | Dear Mr Perez, because of the insults of 3 May the contract ends on 30 June.
        F untouched-template | Hello Martha, we are closing your account because of the unpaid April invoice.
        F untouched-template | Dear Mrs Gill, our platform does not cover Portugal and the service ends.
        F untouched-template | Good morning Luis, after three unpaid invoices we close the account on 15 May.
        F untouched-template | Ann, because of Monday's threats we stop serving you.
        """;
}
