namespace DeEscalationBot.Core.Tests.Coaching.Paraphrasing;

/// <summary>
/// Complaints as people of many regions type them, written by us before the engine was tuned, each with what a listener would
/// have to give back. One a line: the message, then after <c>=&gt;</c> the facts, separated by <c>;</c>, with <c>|</c> between
/// wordings that do as well. Facts are compared without accents and case.
/// </summary>
internal static class SpanishComplaints
{
    public const string Lines =
        """
        Hola, buenas tardes. Llevo tres semanas esperando el reembolso de 45,90 € y nadie me contesta los correos. => tres semanas; 45,90; reembolso; contesta|contestado|contestan|responde
        Me cobraron dos veces la factura de marzo y quiero que me devuelvan el dinero. => dos veces; factura de marzo; dinero
        hola compre un celular el 3 de marzo y no me ha llegado llevo 3 semanas llamando y nadie me responde quiero mi dinero => 3 de marzo; 3 semanas; dinero
        ES LA TERCERA VEZ QUE LLAMO Y SIGUEN SIN ARREGLARME EL INTERNET!!! => tercera vez; internet
        Pedí la talla 38 y me ha llegado la 40, y encima tengo que pagar yo el envío de la devolución. => 38; 40; pagar; envio
        No puedo entrar en mi cuenta desde ayer, me sale un error 403. => cuenta; ayer; 403
        che, hace diez días que no tengo internet y me siguen cobrando 8500 pesos por mes, quiero la baja => diez dias; internet; 8500; baja
        Vos me dijiste que el técnico venía el martes y acá no vino nadie. Perdí un día de trabajo. => tecnico; martes; dia de trabajo
        Me habéis cobrado 60 euros de penalización y yo avisé con quince días de antelación, como pone en el contrato. => 60; penalizacion; quince dias
        no me contestáis los emails desde el lunes y necesito el certificado antes del viernes => lunes; certificado; viernes
        Buen día. El pedido 558-2231 llegó con la pantalla rota y solicito el cambio. => 558-2231; pantalla rota; cambio
        llevo 40 minutos esperando en el chat para que me digan que llame por telefono => 40 minutos; telefono
        Señores, cancelé mi suscripción en enero y me siguen descontando $12.99 cada mes. => cancel; enero; 12.99
        Contraté la fibra de 600 megas y no me llegan ni 50, así no puedo trabajar desde casa. => 600; 50; trabajar
        La lavadora que les compré hace dos meses se descompuso y su técnico no ha venido a revisarla. => lavadora; dos meses; tecnico
        Reservamos una habitación doble para el 14 de agosto y al llegar nos dijeron que no había reserva. => habitacion doble; 14 de agosto; reserva
        Perdí el vuelo de conexión en Bogotá porque salieron con tres horas de retraso, y me tocó pagar 320 dólares por otro pasaje. => vuelo; tres horas; 320
        Me prometieron una compensación de 50 euros hace un mes y todavía no la he visto. => compensacion; 50; un mes
        Mi madre tiene 82 años y lleva cuatro días sin teléfono fijo, necesito que lo arreglen ya. => 82; cuatro dias; telefono; arregl
        quiero dar de baja la linea 600 123 123 pero no me deja hacerlo desde la app => baja; 600 123 123; app
        He enviado el formulario tres veces y siempre me pedís el mismo documento. => tres veces; documento
        el repartidor dejo el paquete en la puerta y me lo robaron, yo nunca firme nada => repartidor|paquete; robaron; firm
        Me parece una vergüenza: pagué envío urgente y el paquete tardó 9 días. => envio urgente; 9 dias
        Tengo contratado el plan de 20 GB y en la app me aparecen solo 5. => 20 GB; 5
        No reconozco un cargo de 1.250,00 pesos del 12/05 en mi tarjeta, yo no hice esa compra. => 1.250,00; 12/05; tarjeta
        Ya les mandé los papeles dos veces por correo y siguen diciendo que no los tienen. => dos veces; papeles; no los tienen|no los tenemos
        Me cortaron la luz teniendo todo pagado, se me echó a perder la comida de la heladera. => luz; comida
        Estuve de 9 a 14 esperando al técnico y no apareció nadie. => 9; 14; tecnico
        cambie de plan porque me dijeron que iba a pagar 25 y me llego una factura de 41 => 25; 41
        Necesito la factura del pedido A-7782 para mi contabilidad, la he pedido cuatro veces. => a-7782; cuatro veces
        devuélvanme mis 300 soles, el producto nunca llegó => 300 soles; producto; llego
        Quisiera que me expliquen por qué me subieron la cuota de 30 a 45 sin avisar. => 30; 45; cuota
        Solicité la portabilidad el 2 de junio y sigo sin línea, estoy perdiendo clientes. => portabilidad; 2 de junio; clientes
        oye q onda con mi pedido, lo pague hace 15 dias y ni siquiera ha salido de la bodega => pedido; 15 dias; bodega
        mi tarjeta fue bloqueada estando de viaje y no pude pagar el hotel, tuve que pedir dinero prestado => tarjeta; viaje; hotel; dinero prestado
        Llamé el jueves, me dijeron que en 24 horas estaría resuelto, y hoy es lunes. => jueves; 24 horas; lunes
        No quiero un cupón, quiero que me reembolsen los 89 euros a la tarjeta. => 89; tarjeta
        A mí me vendieron el seguro con cobertura dental y ahora dicen que no la tengo. => seguro; dental
        Los datos de mi factura están mal desde febrero: pone otra dirección y no los puedo cambiar. => factura; febrero; direccion; cambiar
        Trabajo con esa aplicación y cada vez que exporto el informe se me cierra. => informe; cierra
        Hicimos la transferencia de 2.400 € el día 5 y ustedes todavía no nos confirmaron la inscripción. => 2.400; dia 5; inscripcion
        Me mandaron una licuadora en vez de la cafetera que pedí, y me quieren cobrar la recolección. => licuadora; cafetera; recoleccion
        tengo a mi hija enferma y la farmacia de ustedes me canceló el pedido de insulina sin avisarme => hija; insulina
        Se cayó el sistema en plena venta y perdimos más de 40 pedidos. => sistema; 40 pedidos
        Vuestra app se cierra cada vez que intento subir una foto, ya la he reinstalado dos veces. => app; foto; dos veces
        Os escribí el día 10, os llamé el 12 y sigo sin respuesta. => 10; 12; respuesta
        le pedi a su compañera que cancelara el cobro automatico y este mes me lo volvieron a cobrar => compañera; cobro automatico; este mes
        Voy a tener que pagar otra noche de hotel si no me confirman hoy el vuelo. => noche de hotel; hoy; vuelo
        Había pedido entrega por la mañana, vinieron a las 20:30 y no estaba en casa. => mañana; 20:30; casa
        Me tienen dando vueltas: facturación me manda a soporte y soporte me manda a facturación, llevo así dos semanas. => facturacion; soporte; dos semanas
        Compré dos entradas para el concierto del 21 y solo me habéis enviado una. => dos entradas; 21; una
        Pagué 15.000 pesos de matrícula y no me aparece ningún curso en la plataforma. => 15.000; matricula; curso
        no funciona el lector de tarjetas desde las 8 am y tengo la tienda llena de gente => lector de tarjetas; 8; tienda
        Les escribimos hace una semana y la única respuesta que recibimos fue un mensaje automático. => una semana; mensaje automatico
        me dijiste que me llamabas ayer a las 5 y aqui sigo esperando => ayer; 5; esperando
        Estoy pagando 19,99 al mes por un servicio que no uso porque no me dejáis cancelarlo. => 19,99; servicio; cancelarlo
        Mi internet se va todas las noches a las 11, ya reinicié el módem y cambié los cables. => internet; 11; modem; cables
        Qué decepción, el sofá vino con una mancha y la tienda me ofrece solo un 5 % de descuento. => sofa; mancha; 5 %
        Joder, es que llevo con el router estropeado desde el día 1 y la única solución que me dais es reiniciarlo. => router; dia 1; reiniciarlo
        No me interesa otra disculpa. Necesito saber cuándo llega el repuesto, tengo el taller parado desde el lunes. => repuesto; taller; lunes
        Inútiles de mierda, me cobraron 4 veces el mismo viaje y el chofer ni siquiera llegó. => 4 veces; viaje; chofer
        Uds me ofrecieron 6 meses gratis, firmé el 8 de abril, y en la primera boleta me cobran 24.990. => 6 meses; 8 de abril; 24.990
        el domiciliario se comió la mitad de mi pedido, faltan dos hamburguesas y las papas => pedido; dos hamburguesas; papas
        Abrí el ticket 90871 hace ocho días, lo cerraron sin resolver y tuve que abrir otro. => 90871; ocho dias; cerr
        """;
}
