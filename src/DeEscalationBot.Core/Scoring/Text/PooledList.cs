using System.Buffers;
using System.Runtime.CompilerServices;

namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>A growing list for the length of one call, in memory that is lent and given back: reading a message leaves no rubbish behind.</summary>
/// <remarks>
/// The pool trims what it holds, so one huge message does not keep its buffers for good. Pass it by reference and dispose of it once;
/// what <see cref="Items"/> answered is void after the next <see cref="Add"/>.
/// </remarks>
/// <typeparam name="T">What it holds.</typeparam>
/// <param name="capacity">The items expected, at least 1.</param>
internal ref struct PooledList<T>(int capacity)
{
    private T[] _items = ArrayPool<T>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public readonly Span<T> Items => _items.AsSpan(0, Count);

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Grow(Count + 1);
        }

        _items[Count++] = item;
    }

    public void AddRange(ReadOnlySpan<T> items)
    {
        if (Count + items.Length > _items.Length)
        {
            Grow(Count + items.Length);
        }

        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    public void Clear() => Count = 0;

    public void Truncate(int count) => Count = count;

    public void Dispose()
    {
        var items = _items;
        _items = [];
        Count = 0;
        if (items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int atLeast)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(atLeast, _items.Length * 2));
        Items.CopyTo(larger);
        ArrayPool<T>.Shared.Return(_items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        _items = larger;
    }
}
