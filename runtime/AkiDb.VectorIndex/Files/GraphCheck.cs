using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Files;

/// <summary>
/// Refuses levels, blocks and links that lead outside the arrays, and counts incoming links. Checksums catch accidents;
/// this catches a file that was made wrong and checksummed right.
/// </summary>
internal static unsafe class GraphCheck
{
    /// <exception cref="IndexFileException">A number leads outside its array.</exception>
    public static void ThrowIfWrong(string path, in IndexFileHeader header, Generation generation)
    {
        if (generation.Links is null)
        {
            return;
        }

        var count = header.Count;
        for (var slot = 0; slot < count; slot++)
        {
            var top = generation.Levels[slot];
            var block = generation.UpperBlocks[slot];
            if (top > LevelDraw.Highest)
            {
                throw new IndexFileException(
                    path, nameof(IndexFileSection.Levels), $"level {top} of slot {slot}", $"0 to {LevelDraw.Highest}");
            }

            if (top > 0 && (block < 0 || block > header.UpperBlocks - top))
            {
                throw new IndexFileException(
                    path, nameof(IndexFileSection.UpperBlocks), $"block {block} of slot {slot}", $"0 to {header.UpperBlocks - top}");
            }
        }

        for (var slot = 0; slot < count; slot++)
        {
            for (var level = 0; level <= generation.Levels[slot]; level++)
            {
                CheckLinks(path, generation, slot, level, count);
            }
        }

        var (entry, entryLevel) = (header.EntrySlot, header.EntryLevel);
        var isRight = count == 0 ? entry == -1 : entry >= 0 && entry < count && generation.Levels[entry] == entryLevel;
        if (!isRight)
        {
            throw new IndexFileException(
                path,
                "header",
                $"entry slot {entry} on level {entryLevel}",
                count == 0 ? "slot -1" : $"a slot below {count} on its own level");
        }
    }

    private static void CheckLinks(string path, Generation generation, int slot, int level, int count)
    {
        var most = level == 0 ? generation.Shape.BaseLinks : generation.Shape.UpperLinks;
        var links = generation.LinksOf(slot, level);
        for (var i = 0; i < most && links[i] != Generation.NoLink; i++)
        {
            if (links[i] < 0 || links[i] >= count || generation.Levels[links[i]] < level)
            {
                var section = level == 0 ? IndexFileSection.BaseLinks : IndexFileSection.UpperLinks;
                throw new IndexFileException(
                    path,
                    section.ToString(),
                    $"link {links[i]} of slot {slot} on level {level}",
                    $"a slot below {count} on that level");
            }

            generation.InDegrees[links[i]] += level == 0 ? 1 : 0;
        }
    }
}
