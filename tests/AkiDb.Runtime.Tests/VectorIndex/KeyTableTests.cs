using AkiDb.VectorIndex.Memory;

namespace AkiDb.Runtime.Tests.VectorIndex;

public sealed unsafe class KeyTableTests
{
    [Fact]
    public void KeyTable_RandomSetsAndRemoves_BehavesLikeADictionary()
    {
        const int Slots = 4000;
        var random = new Random(5);
        var keys = GC.AllocateArray<ulong>(Slots, pinned: true);
        var free = new Queue<int>(Enumerable.Range(0, Slots));
        var table = new KeyTable();
        var model = new Dictionary<ulong, int>();
        fixed (ulong* pointer = keys)
        {
            for (var step = 0; step < 60_000; step++)
            {
                // Few distinct keys, close together: long probe sequences and many removals inside them.
                var key = (ulong)random.Next(1500) << (random.Next(2) * 40);
                if (random.Next(2) == 0)
                {
                    var slot = free.Dequeue();
                    keys[slot] = key;
                    table.Set(key, slot, pointer).Should().Be(model.GetValueOrDefault(key, -1));
                    if (model.TryGetValue(key, out var replaced))
                    {
                        free.Enqueue(replaced);
                    }

                    model[key] = slot;
                }
                else
                {
                    var expected = model.Remove(key, out var slot) ? slot : -1;
                    table.Remove(key, pointer).Should().Be(expected);
                    if (expected >= 0)
                    {
                        free.Enqueue(expected);
                    }
                }
            }

            table.Count.Should().Be(model.Count);
            foreach (var (key, slot) in model)
            {
                table.Find(key, pointer).Should().Be(slot);
            }

            table.Find(ulong.MaxValue, pointer).Should().Be(-1);
        }
    }
}
