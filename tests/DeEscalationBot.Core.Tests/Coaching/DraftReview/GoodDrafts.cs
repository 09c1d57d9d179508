namespace DeEscalationBot.Core.Tests.Coaching.DraftReview;

/// <summary>Drafts that a support lead would send: no finding of warning or block.</summary>
/// <remarks>
/// Written for these tests by people who read the contract, not by running the rules. A line is a draft; <c>F</c> in front makes it a
/// farewell; <c>||</c> divides it from what the customer wrote.
/// </remarks>
internal static class GoodDrafts
{
    /// <summary>In Spanish.</summary>
    public const string Spanish =
        """
        Debería recibir un correo en diez minutos.
        No se preocupe, lo revisamos ahora mismo.
        Fue un error nuestro y ya está corregido en su cuenta.
        Le escribo antes de las 15:00 con lo que me diga el almacén.
        No puedo prometerle una fecha, pero mañana a las 10 le cuento lo que sepa.
        Lamento que lleve tres semanas sin el pedido 88213; acabo de pedir a la agencia la ubicación del paquete.
        Entiendo que lleva tres semanas sin el pedido 88213, pero ya lo tengo localizado y sale hoy.
        Gracias por contármelo con tanto detalle.
        ¿Me podría decir qué mensaje aparece en la pantalla?
        Hola, Marta. ¿En qué puedo ayudarle?
        Buenos días. Veo que la factura de marzo tiene dos cargos de 24,90 €. El segundo se devuelve hoy.
        El reembolso de 45 € salió ayer y suele tardar de tres a cinco días en verse en la tarjeta.
        Puede cambiar la talla en la web, en Mis pedidos, o se lo cambio yo desde aquí si lo prefiere.
        Nuestra política no permite devolver alimentos abiertos; lo que sí puedo hacer es enviarle otra caja sin coste.
        Según las condiciones, el plazo de devolución es de 30 días. Puede solicitar el cambio hasta el 14 de mayo.
        Perfecto, queda anotado.
        ¡Gracias a usted! Que tenga buen día.
        He hablado con el técnico y pasará el jueves entre las 9 y las 11.
        Ahora mismo no tengo la respuesta. La consulto con el equipo de facturación y le llamo hoy antes de las 18:00.
        Si le parece, empezamos por reiniciar el router: desenchúfelo, espere diez segundos y vuelva a enchufarlo.
        Te he enviado el enlace para cambiar la contraseña; caduca en una hora.
        Tu pedido está en reparto y debería llegarte hoy por la tarde.
        Claro que sí, ¿qué día te viene mejor?
        Vos podés cambiar el plan desde tu cuenta; si querés, te acompaño paso a paso.
        Te entiendo: dos cobros en un mes descuadran a cualquiera. Ya pedí la devolución del segundo.
        Ustedes pueden pasar a recogerlo en tienda a partir del martes. Les dejo reservada la caja a su nombre.
        La garantía cubre la pantalla durante dos años.
        El seguro está garantizado por el banco emisor.
        La batería ya está al 100 % y el indicador se pone verde.
        Es una camisa de algodón 100 % y se puede lavar a máquina.
        No le garantizo que llegue mañana: depende del transportista. A las 12 le digo dónde está.
        Le prometo que le escribo hoy antes de las cinco, tenga o no tenga novedades.
        Deberíamos haberle avisado del retraso antes. Ya he pedido que le llegue un aviso automático.
        El repartidor debería haber dejado el paquete en portería; lo estoy comprobando con él.
        Debería haberle escrito yo ayer y no lo hice. Disculpe.
        Debería ver el cargo en su extracto a partir del día 5.
        No es culpa suya: el formulario no avisaba de ese campo.
        Es normal no saberlo; ese dato está en la segunda página del contrato.
        ¿Le llegó el correo de confirmación?
        ¿Ha podido revisar la carpeta de correo no deseado?
        Para devolverlo, imprima la etiqueta que le acabo de enviar y entregue el paquete en cualquier oficina.
        Lamento la espera de esta mañana. Ya estoy con su caso.
        Lamento mucho su pérdida. Cancelo la línea sin coste y no tiene que hacer nada más.
        Tiene razón: el precio de la web era 19 €, no 25 €. Le abono la diferencia.
        Quiero entender bien lo que pasó con la entrega del lunes. ¿Me cuenta cómo estaba la caja cuando la recibió?
        Si he entendido bien, la aplicación se cierra al abrir la cámara y eso le impide trabajar. ¿Es correcto?
        Entiendo que la web le funciona, pero la aplicación no. ¿Es así?
        Eso lo lleva el equipo de redes; le paso ahora con ellos y les cuento ya el caso para que no tenga que repetirlo.
        No encuentro ningún pedido con el número 55120. ¿Podría comprobar si falta alguna cifra?
        Le confirmo que el IBAN termina en 4412.
        Su código de descuento es VERANO24.
        El modelo es el HP LaserJet y el error E02 sale cuando falta papel.
        Para activar la SIM, marque *123# y siga los pasos.
        Le paso el teléfono de la oficina de Sevilla: 955 000 111, de 9 a 14 h.
        Ya he cancelado la renovación. No se le cobrará nada en julio.
        Aunque hoy no puedo cerrar el caso, el viernes le doy una respuesta con lo que diga el fabricante.
        No hace falta que envíe nada más, con la foto basta.
        Léalo con calma y, si algo no le encaja, me dice.
        Tómese el tiempo que necesite, aquí sigo.
        Le agradezco que me lo haya dicho así de claro.
        Veo que le cobraron dos veces el 3 de mayo. Voy a pedir la devolución del segundo cargo y le confirmo por correo esta tarde.
        Es fácil confundirse con ese menú; a mí también me pasó al principio.
        El proceso es sencillo: rellena el formulario, te llega un código y lo escribes en la aplicación.
        Lo siento, ese artículo está agotado. ¿Quiere que le avise cuando vuelva a haber?
        Me parece bien. Lo dejamos para el lunes a las 10.
        Le dejo dos opciones: reembolso completo o un envío urgente sin coste. ¿Cuál prefiere?
        Solo falta que adjunte una copia del recibo y abrimos la reclamación hoy.
        Puede presentar una reclamación en la oficina de consumo; le envío el formulario si lo quiere.
        Comprendo que quiera hablar con una persona responsable. La aviso ahora y le llama en la próxima hora.
        He pedido al almacén que lo prepare hoy; si no saliera, se lo digo antes de las 17:00.
        Buenas tardes, Luis. Te escribo por el pedido 7741: faltaba el cargador y sale mañana por mensajería.
        La persona que lleva su contrato es Ana Ruiz y vuelve el lunes. Hasta entonces me ocupo yo.
        Veo el cargo de 12,50. Corresponde a la llamada a Portugal del 8 de abril.
        Intentaremos resolverlo hoy; a las 18:00 le digo cómo va.
        No le puedo decir cuándo quedará resuelto, y prefiero no inventarlo. Mañana a mediodía le escribo con lo que haya.
        Si hay humo, apártese del aparato y llame al 112. Sigo aquí con usted.
        Gracias por avisar. Ya lo he pasado al equipo que mantiene la página.
        ¿Podría enviarme una foto de la etiqueta?
        Me dice el almacén que la comunicación entre nosotros y la agencia falló; ya está corregida.
        Si en algún momento necesita otra copia, la descarga desde su cuenta.
        Por norma general los envíos salen por la tarde; el suyo sale hoy.
        ¿Cuántas veces se ha reiniciado hoy?
        Ya no hay más stock de ese modelo; la alternativa es el azul.
        Este es el procedimiento: rellena el formulario, lo firma y me lo manda.
        La garantía no cubre los daños por negligencia. Puede pedir un presupuesto de reparación.
        Le ofrezco una disculpa por el cobro doble. El segundo cargo vuelve hoy a su tarjeta.
        Estas dos facturas ya están pagadas; no tiene que hacer nada.
        Es lógico que quiera una respuesta hoy. A las 18:00 la tiene.
        Qué mala suerte con la maleta. Ya he abierto la búsqueda con el número 4471.
        Se lo explico con un ejemplo: si paga el día 5, la cuota baja a 20 €.
        Mire bien el reverso: el número empieza por SN.
        Dejemos esto listo hoy: me manda la foto y yo abro la devolución.
        Los daños los cubre el seguro. El perito va el martes.
        Como sabe, el contrato vence en junio; si quiere renovarlo, me dice.
        Lo pasé por alto, error mío. Ya está en camino.
        Obviamente, nos equivocamos con su pedido. Sale otro hoy.
        Su pedido estará listo a las cinco.
        Hay dos formas de pagarlo: tarjeta o transferencia.
        Lo siento, pero no encuentro ese correo. ¿Me lo puede deletrear?
        Para cambiar de plan, responda ALTA.
        Para darse de baja, entre en Mi cuenta y pulse Cancelar.
        Tienes razón, el precio era 19 €. Te abono la diferencia.
        Che, Ana, ya quedó. Cualquier cosa me escribís.
        Los niños menores de 4 años no pagan.
        Debe tener 18 años para abrir la cuenta.
        Ya entiendo por qué confunde: los dos botones se llaman igual.
        Su queja llegó ayer y la lleva Ana Ruiz; el viernes le da respuesta.
        Entiendo que lo necesita antes del 12. Con el envío urgente llega el 11.
        Necesitamos su firma en la página 3; el enlace caduca el lunes.
        La promoción ya se acabó, pero puedo aplicarle el 10 % por la espera.
        Espere hasta que la luz sea verde y pulse el botón.
        El importe está equivocado en la factura; ya la hemos corregido y se la reenvío.
        Con el código ha aprovechado el descuento de mayo.
        Sin ticket también puede cambiarlo: basta con el número de pedido.
        La paleta de colores está en la página 3.
        Pase al paso siguiente.
        El orden de las fotos está alterado, lo corrijo ahora.
        El fruto está maduro en dos días.
        La tarjeta caducó en mayo y por eso falló el pago. Puede añadir otra en Facturación.
        Hubo un cruce en el almacén: su paquete fue a Sevilla. Vuelve hoy y llega el jueves.
        Ese color no lo tenemos, pero el azul está en stock.
        Un momento, por favor.
        Sí, así es.
        Permítame un minuto, lo compruebo.
        ¡Claro! ¿Qué talla prefiere?
        Espero que le sirva. ¿Algo más en lo que pueda ayudarle?
        El técnico llegó tarde porque se averió la furgoneta, y lamento que esperara toda la mañana. Estará allí a las tres.
        Tiene toda la razón en lo del precio, y ya lo he pasado al equipo de producto.
        El contrato vence en junio; después puede irse cuando quiera, sin coste.
        No hace falta que llame: yo le aviso cuando salga.
        Si el piloto sigue en rojo, le reservo una visita del técnico.
        Su reembolso salió el 4 de mayo a la tarjeta terminada en 4412. Si el viernes no lo ve, me escribe y abro la búsqueda con el banco.
        No eres tú, es la aplicación: hoy falla para todos y a las 18:00 se actualiza.
        Te paso con Ana, que lleva tu contrato y ya sabe lo que pasó.
        ¿Me confirmas si el cargo del 3 de mayo sigue ahí?
        """;

    /// <summary>In English.</summary>
    public const string English =
        """
        You should get an e-mail within ten minutes.
        I can't promise a date, but I will write to you tomorrow by noon with what I know.
        It was our mistake, and it is corrected on your account.
        I will write to you by 3 pm.
        I promise to call you back by 5 pm today, with or without news.
        I should have told you about the delay yesterday.
        We should have warned you before the price changed. I have credited the difference of £6.
        No worries, take your time.
        Please don't worry, nothing is lost: the files are in the backup of 4 May.
        I'm sorry that order 88213 is three weeks late; I have just asked the courier where it is.
        I understand you have been without order 88213 for three weeks, but I have found it and it ships today.
        Thank you for explaining that so clearly.
        Could you tell me which message you see on the screen?
        Hi Martha, how can I help you today?
        I see two charges of $24.90 on the March invoice. The second one goes back to your card today.
        Your refund of $45 left yesterday and usually shows after three to five working days.
        You can change the size under My orders, or I can do it for you from here.
        Our policy doesn't cover opened food, but I can send you another box free of charge.
        Under the terms, returns close after 30 days, so you can send it back until 14 May.
        Great, that's noted.
        You're welcome! Have a lovely day.
        I spoke to the engineer and he will be with you on Thursday between 9 and 11.
        I don't have the answer yet. I'll check with billing and call you before 6 pm.
        Let's start with the router: unplug it, wait ten seconds and plug it back in.
        I have sent you the link to reset your password; it expires in an hour.
        Your parcel is out for delivery and should arrive this afternoon.
        Sure, which day suits you best?
        Being charged twice in one month is a nuisance. I have already asked for the second payment to be returned.
        The warranty covers the screen for two years.
        This model comes with a money-back guarantee of 30 days.
        The battery is at 100% and the light is green.
        The shirt is 100% cotton and can go in the washing machine.
        We can't guarantee delivery before Friday, because the courier decides the route. I will send you the tracking link at noon.
        The courier should have left it with your neighbour; I am checking with him now.
        You should see the charge on your statement from the 5th.
        It isn't your fault: the form did not mention that field.
        Did you get the confirmation e-mail?
        Have you had a chance to look in your spam folder?
        To return it, print the label I have just sent and drop the parcel at any post office.
        I'm sorry about the wait this morning. I am on your case now.
        I am so sorry for your loss. I have closed the line at no cost, and there is nothing else you need to do.
        You're right: the website said £19, not £25. I have refunded the difference.
        I want to understand what happened with Monday's delivery. What did the box look like when it arrived?
        If I understood you correctly, the app closes when you open the camera and you cannot work. Is that right?
        I understand that the website works for you but the app doesn't. Is that right?
        That is handled by our network team; I'll transfer you now and tell them what you told me, so you don't have to repeat it.
        I can't find an order with the number 55120. Could you check whether a digit is missing?
        I can confirm that the IBAN ends in 4412.
        Your discount code is SUMMER24.
        The model is an HP LaserJet, and error E02 shows when the tray is empty.
        I have cancelled the renewal. You won't be charged in July.
        I can't close this today. On Friday you will have an answer with what the manufacturer says.
        There's no need to send anything else, the photo is enough.
        Take a look at it when you have a minute and tell me what you think.
        Thanks for being so direct about it.
        You were charged twice on 3 May. I will ask for the second payment back and confirm it by e-mail this afternoon.
        It's easy to miss that menu; it happened to me too.
        The form is simple: name, date and signature.
        I'm sorry, that item is out of stock. Would you like me to tell you when it is back?
        Sounds good. Monday at 10 it is.
        You have two options: a full refund, or express delivery at no cost. Which do you prefer?
        If you have already paid, please ignore this reminder.
        You can take this to the ombudsman as well; I'll send you the form if you want it.
        I understand that you want to speak to a manager. I am letting her know now, and she will call you within the hour.
        I have asked the warehouse to pack it today; if it does not leave, I'll tell you before 5 pm.
        Good afternoon Luis, I'm writing about order 7741: the charger was missing and it ships tomorrow.
        The person who looks after your contract is Ann Reed, who is back on Monday. Until then I'm looking after it.
        We'll try to fix this today; at 6 pm I'll tell you how far we got.
        If there is smoke, move away from the device and call 112. I'm staying with you here.
        Thanks for letting us know. I have passed it on to the team that runs the page.
        Could you send me a photo of the label?
        Once it is fixed, you'll get a message from me.
        However you decide, the offer stays valid until Sunday.
        Yes, but only until Friday.
        Your order number starts with AB; you'll find it at the top of the receipt.
        I've told the warehouse to stop the second shipment.
        Sorry to hear about the broken screen. Was it damaged when it came out of the box?
        He'll call you tomorrow before noon.
        Your error message says E02, so the tray is empty.
        It looks as if the parcel was returned to us on Monday; it goes out again today.
        You can save it as a PDF from the menu.
        I will deal with it today and write to you by five.
        I have asked the team to stop calling you.
        The notification will go away once you update.
        Let the device cool down for ten minutes before you open it.
        These are the terms you asked for; the offer is on page 2.
        Please try once again, and tell me what you see.
        Everyone on the team can see the file now.
        We committed to Friday and we missed it. The refund is on its way.
        We will figure it out together.
        I'll look it up and come back to you.
        Parcels sometimes get lost at that depot, so I have opened a search.
        I know this is tough. The line stays open and nothing is charged.
        This will help us to serve you better: which day suits you?
        As stated on the invoice, the second payment is due on 5 June.
        Everything we can see on our side looks fine; could you restart the box?
        It was our fault and I'm sorry. The second charge is back on your card.
        I'm afraid the size is sold out.
        Unfortunately, we do not ship to the islands. A courier that does is Atlas.
        You have until Friday to decide; no rush.
        To cancel, reply with the word STOP.
        The TV is in stock in black and in white.
        We are a small team, and I read every message.
        You must be 18 to open an account.
        I see why that is confusing: both buttons have the same name.
        You'll have to sign the form on page 3 and send it back; the link is here.
        I understand you need it before the 12th. The express service gets it there on the 11th.
        I'm sorry, but I can't find that e-mail in our system. Could you spell it for me?
        I'm glad to hear from you again, Tom. The new card ships on Monday.
        The site is back again and your cart is still there.
        My colleague Karen has your case now and calls you at four.
        You can keep the old phone or send it back; it's up to you.
        The issue is not technical: the invoice had the wrong tax number, and it is corrected.
        The red light means the tank is empty; fill it up to the line and it turns green.
        Search for it by the order number, and you'll see the tracking link.
        The trial runs 14 days, and nothing is charged in that period.
        It's clearly a bug on our side, and the fix goes out tonight.
        You have used 3 of 5 licences this month. Would you like to add two more?
        The payment failed because the card expired in May. You can add a new one under Billing.
        There was a mix-up at the depot: your parcel went to Leeds. It is on the van back and arrives on Thursday.
        I called the courier twice this morning. They left a card at number 14.
        We don't have that colour, but the blue one is in stock.
        Your refund was sent on 4 May to the card ending in 4412. If it isn't there by Friday, write to me and I'll open a search with the bank.
        The contract runs until June; after that you can leave at any time.
        Please restart the box and wait two minutes. If the light stays red, I'll book an engineer.
        Yes, that's right.
        Let me check that for you.
        One moment please.
        No problem at all.
        Of course! Which size would you like?
        Could you spell your last name for me?
        I hope that helps. Anything else I can do?
        That's a fair point, and I have passed it on to the product team.
        The engineer was late because the van broke down, and I'm sorry you waited the whole morning. He will be there at 3 pm.
        """;
}
