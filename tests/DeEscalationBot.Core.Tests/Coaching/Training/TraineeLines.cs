using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Tests.Coaching.Training;

/// <summary>What trainees write, for the tests: our own words. Good ones follow the playbook's practices, bad ones break its draft rules.</summary>
internal static class TraineeLines
{
    /// <summary>An experienced agent in each situation: hears first, says back, explains, offers what the file allows.</summary>
    public static IReadOnlyDictionary<(MessageLanguage Language, string Situation), string[]> Expert { get; } = new Dictionary<(MessageLanguage, string), string[]>
    {
        [(MessageLanguage.English, "parcel")] =
        [
            "You have written three times about order 70415 and nobody answered, and the telescope should be with you since Tuesday. I'm truly sorry. By when do you need it?",
            "Thank you for telling me. A ninth birthday on Saturday, and a day of holiday lost. What matters most to you now?",
            "I have put the last telescope aside. I can send it today by courier and it arrives on Friday before noon. I'll write to you at 5 pm with the tracking number.",
            "I will check with the courier myself this afternoon and write to you at 5 pm, whatever they tell me. Thank you for your patience.",
            "The courier has picked it up. I'll write again tomorrow morning at 9.",
        ],
        [(MessageLanguage.English, "double-charge")] =
        [
            "You cancelled on 12 September and were charged $39.90 twice after that. I'm sorry, this was our mistake. How did you cancel, so that I can find it?",
            "Thank you for telling me. What would you need to see to feel at ease with this?",
            "I have found your letter of 12 September under another member's number. I'm refunding both charges, $79.80, now, and I'm blocking any further charge.",
            "I'll send you the written confirmation of the cancellation within the hour.",
            "Fair point. I'm sending you the confirmation now, and I'll write to you tomorrow at 10 to check that the refund is on its way.",
        ],
        [(MessageLanguage.English, "outage")] =
        [
            "Your terminals are down on a Saturday with a queue out the door, and it is the second outage this month. I'm very sorry. Since when, and what does the screen show?",
            "Thank you. You're losing about $400 every hour, so the first thing is to take cards again. There is an offline mode that works in five minutes; I'll go through it with you now, step by step.",
            "I'm with you until the first card goes through. Press menu, then settings, then offline. I'll call you at 11:30 with news from the engineers.",
            "You are right, twice in a month is too many. After the first card works I'll have the month's fee of $85 credited. What do you see on the screen now?",
            "I'm staying in this chat. Next, confirm with the green key; the payments are settled tonight.",
        ],
        [(MessageLanguage.English, "leaving")] =
        [
            "Eleven years is a long time, and I'm sorry that it ends with disappointment. I respect your decision. May I ask what led you to this decision?",
            "Thank you for saying it so plainly. Two price rises and no explanation: you felt like a number. I'm confirming the end of contract 2288-H for the 30th now, and I'll send it to you in writing today.",
            "You can keep your number; I'll write to you this afternoon with the two steps for that. Thank you for all these years.",
        ],
        [(MessageLanguage.English, "farewell")] =
        [
            "Good afternoon, Mr Mercer. I'm writing about our contract. On 4 May, 9 July and 21 September our designers received insulting messages, after the talk in June and the written warning in August. For that reason our management has decided to end the contract on 31 October. The decision is final. You will have all the logo files by the 31st, and invoice 118 remains open. Northlight Studio can take over the work. Thank you for the projects we did together; I wish you well.",
        ],
        [(MessageLanguage.English, "hotel")] =
        [
            "You booked the sea view for your anniversary and got the car park, with mould in the bathroom, and the desk was rude. I'm so sorry. What is most important to you right now?",
            "Thank you for telling me. First, tonight: I'm having your luggage carried to a clean room on the second floor, and we will not charge you the night.",
            "Tomorrow at noon a sea-view room becomes free, and I have reserved it for you. I'll call you at 11 to go over it with you.",
            "Thirty years is a great thing. I'd like to book a table for your anniversary dinner. At what time would suit you?",
            "I'll call you at 11 tomorrow, and I'm passing your husband's asthma on to housekeeping now.",
        ],
        [(MessageLanguage.Spanish, "parcel")] =
        [
            "Ha escrito tres veces por el pedido 70415 y nadie le ha contestado, y el telescopio tenía que llegar el martes. Lo siento mucho. ¿Para cuándo lo necesita?",
            "Gracias por contármelo. El cumpleaños de su hija es el sábado y ha perdido un día de vacaciones. ¿Qué es lo que más le importa ahora?",
            "He apartado el último telescopio. Se lo envío hoy por mensajero y llega el viernes antes de las doce. Le escribo a las 17:00 con el número de seguimiento.",
            "Esta tarde lo compruebo yo con la mensajería y le escribo a las 17:00, me digan lo que me digan. Gracias por su paciencia.",
            "El mensajero ya lo ha recogido. Le escribo mañana a las nueve.",
        ],
        [(MessageLanguage.Spanish, "double-charge")] =
        [
            "Se dio de baja el 12 de septiembre y después le cobramos dos veces 39,90 €. Lo siento, fue un error nuestro. ¿Cómo entregó la baja, para que pueda encontrarla?",
            "Gracias por decírmelo. ¿Qué necesitaría ver para quedarse tranquilo con esto?",
            "He encontrado su carta del 12 de septiembre archivada con el número de otro socio. Ahora mismo le devuelvo los dos cobros, 79,80 €, y bloqueo cualquier cobro más.",
            "Le envío la confirmación escrita de la baja antes de una hora.",
            "Tiene razón. Le mando ahora la confirmación y mañana a las diez le escribo para comprobar que la devolución está en camino.",
        ],
        [(MessageLanguage.Spanish, "outage")] =
        [
            "Tiene el datáfono caído un sábado, con cola hasta la calle, y es la segunda caída del mes. Lo siento mucho. ¿Desde cuándo está así y qué aparece en la pantalla?",
            "Gracias. Pierde unos 400 € por hora, así que lo primero es que pueda cobrar. Hay un modo sin conexión que funciona en cinco minutos; lo hacemos ahora juntos, paso a paso.",
            "Me quedo con usted hasta que pase la primera tarjeta. Pulse menú, después ajustes y después sin conexión. La llamo a las 11:30 con lo que digan los técnicos.",
            "Tiene razón, dos veces en un mes son demasiadas. Cuando pueda cobrar le abonamos la cuota del mes, 85 €. ¿Qué ve ahora en la pantalla?",
            "Sigo aquí en el chat. Ahora confirme con la tecla verde; los pagos se liquidan esta noche.",
        ],
        [(MessageLanguage.Spanish, "leaving")] =
        [
            "Once años son muchos, y siento que terminen con una decepción. Respeto su decisión. ¿Puedo preguntarle qué le llevó a tomar esta decisión?",
            "Gracias por decirlo con tanta claridad. Dos subidas y ninguna explicación: se sintió como un número. Ahora mismo confirmo la baja del contrato 2288-H para el día 30 y hoy se la envío por escrito.",
            "Puede conservar su número; esta tarde le escribo con los dos pasos que hacen falta. Gracias por todos estos años.",
        ],
        [(MessageLanguage.Spanish, "farewell")] =
        [
            "Buenas tardes, señor Mercado. Le escribo por nuestro contrato. El 4 de mayo, el 9 de julio y el 21 de septiembre nuestras diseñadoras recibieron mensajes con insultos, después de la conversación de junio y del aviso por escrito de agosto. Por ese motivo la dirección ha decidido terminar el contrato el 31 de octubre. La decisión es definitiva. Tendrá todos los archivos del logotipo antes del 31, y queda pendiente la factura 118. Estudio Norte puede continuar el trabajo. Gracias por los proyectos que hicimos juntos; le deseo lo mejor.",
        ],
        [(MessageLanguage.Spanish, "hotel")] =
        [
            "Reservaron las vistas al mar para su aniversario y les dieron el aparcamiento, con moho en el baño y un mal trato en recepción. Lo siento muchísimo. ¿Qué es lo más importante para usted ahora?",
            "Gracias por contármelo. Primero, esta noche: hago que les lleven el equipaje a una habitación limpia de la segunda planta y no les cobramos la noche.",
            "Mañana a las doce queda libre una habitación con vistas y se la he reservado. La llamo a las once para repasarlo con usted.",
            "Treinta años son mucho. Me gustaría reservarles mesa para la cena de aniversario. ¿A qué hora les vendría bien?",
            "Mañana la llamo a las once, y ahora mismo aviso a limpieza del asma de su marido.",
        ],
    };

    /// <summary>Good moves that fit anywhere.</summary>
    public static string[] Good(MessageLanguage language) => language == MessageLanguage.English
        ?
        [
            "I'm sorry that this happened to you. What worries you most about it?",
            "Thank you for telling me. I'm looking into it now and I'll write to you by 3 pm.",
            "Could you tell me what happened, from the beginning?",
            "I don't know the reason yet. I'm checking it with the team now and I'll call you at four.",
        ]
        :
        [
            "Siento que le haya pasado esto. ¿Qué es lo que más le preocupa?",
            "Gracias por decírmelo. Lo estoy revisando ahora y le escribo antes de las 15:00.",
            "¿Me puede contar qué pasó, desde el principio?",
            "Todavía no sé el motivo. Lo estoy consultando con el equipo y le llamo a las cuatro.",
        ];

    /// <summary>Bad moves that fit anywhere; each breaks at least one draft rule.</summary>
    public static string[] Bad(MessageLanguage language) => language == MessageLanguage.English
        ?
        [
            "Calm down, please.",
            "You should have read the terms before.",
            "That's not our department, I can't help you with that.",
            "It's your own fault, you didn't follow the instructions.",
            "I promise you that this will never happen again.",
            "I ALREADY TOLD YOU THAT!!!",
            "You're an idiot.",
        ]
        :
        [
            "Cálmese, por favor.",
            "Debería haber leído las condiciones antes.",
            "Eso no es de mi departamento, no puedo ayudarle.",
            "La culpa es suya, no siguió las instrucciones.",
            "Le prometo que esto no volverá a pasar nunca.",
            "¡¡¡YA SE LO HE DICHO!!!",
            "Es usted un idiota.",
        ];
}
