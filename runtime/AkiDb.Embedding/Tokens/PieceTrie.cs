using System.Text;

namespace AkiDb.Embedding.Tokens;

/// <summary>
/// Pieces of a vocabulary by their characters, for all pieces that begin at a place. Nodes lie in flat arrays and a node's
/// children in one hash table, so that a look-up is one probe and nothing is allocated.
/// </summary>
internal sealed class PieceTrie
{
    /// <summary>The node before any character.</summary>
    public const int Root = 0;

    private readonly Dictionary<(int Node, int Character), int> _children = [];
    private readonly List<int> _pieces = [-1];

    /// <summary>Adds a piece; a piece that is there already gets the new id.</summary>
    public void Add(string piece, int id)
    {
        int node = Root;
        foreach (Rune character in piece.EnumerateRunes())
        {
            if (!_children.TryGetValue((node, character.Value), out int child))
            {
                child = _pieces.Count;
                _pieces.Add(-1);
                _children.Add((node, character.Value), child);
            }

            node = child;
        }

        _pieces[node] = id;
    }

    /// <summary>The node after one more character; false if no piece goes on so.</summary>
    public bool TryStep(ref int node, int character) => _children.TryGetValue((node, character), out node);

    /// <summary>Id of the piece that ends at a node; -1 if none does.</summary>
    public int PieceAt(int node) => _pieces[node];
}
