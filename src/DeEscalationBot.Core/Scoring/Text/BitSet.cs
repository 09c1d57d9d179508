using System.Buffers;

namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>A set of small numbers for the length of one call, in lent memory. Pass it by reference and dispose of it once.</summary>
internal ref struct BitSet
{
    private ulong[] _bits;

    /// <summary>An empty set.</summary>
    /// <param name="size">One more than the largest number.</param>
    public BitSet(int size)
    {
        var length = (size + 63) >> 6;
        _bits = ArrayPool<ulong>.Shared.Rent(length);
        Array.Clear(_bits, 0, length);
    }

    public readonly bool Contains(int number) => (_bits[number >> 6] & (1UL << number)) != 0;

    /// <summary>Adds a number.</summary>
    /// <returns>Whether it is new.</returns>
    public readonly bool Add(int number)
    {
        ref var bits = ref _bits[number >> 6];
        var bit = 1UL << number;
        var isNew = (bits & bit) == 0;
        bits |= bit;
        return isNew;
    }

    public readonly void Remove(int number) => _bits[number >> 6] &= ~(1UL << number);

    public void Dispose()
    {
        var bits = _bits;
        _bits = [];
        if (bits.Length > 0)
        {
            ArrayPool<ulong>.Shared.Return(bits);
        }
    }
}
