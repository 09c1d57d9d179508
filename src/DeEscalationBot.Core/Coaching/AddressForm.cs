namespace DeEscalationBot.Core.Coaching;

/// <summary>How a Spanish-speaking customer is addressed. English has one form; there it is ignored.</summary>
public enum AddressForm
{
    /// <summary>Usted: the default.</summary>
    Usted,

    /// <summary>Tú.</summary>
    Tu,

    /// <summary>Vos (Río de la Plata and others).</summary>
    Vos,
}
