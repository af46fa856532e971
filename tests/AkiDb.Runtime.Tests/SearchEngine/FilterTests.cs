using System.Text.Json;
using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Filters;
using AkiDb.SearchEngine.Store;
using AkiDb.VectorIndex;

namespace AkiDb.Runtime.Tests.SearchEngine;

public sealed class FilterTests
{
    private const string Book = """{"title":"Kim","year":1901,"tags":["novel","india"],"lent":false,"author":{"name":"Kipling","born":1865},"note":null}""";

    [Theory]
    [InlineData("""{"field":"year","eq":1901}""", true)]
    [InlineData("""{"field":"year","eq":1901.0}""", true)]
    [InlineData("""{"field":"year","eq":"1901"}""", false)]
    [InlineData("""{"field":"year","ne":1901}""", false)]
    [InlineData("""{"field":"year","gte":1900,"lt":1902}""", true)]
    [InlineData("""{"field":"year","gt":1901}""", false)]
    [InlineData("""{"field":"year","lte":1901}""", true)]
    [InlineData("""{"field":"year","in":[1900,1901]}""", true)]
    [InlineData("""{"field":"title","gt":"Kia","lt":"Kin"}""", true)]
    [InlineData("""{"field":"tags","eq":"india"}""", true)]
    [InlineData("""{"field":"tags","ne":"india"}""", false)]
    [InlineData("""{"field":"tags","gt":"j","lt":"m"}""", false)]
    [InlineData("""{"field":"tags","gt":"m","lt":"o"}""", true)]
    [InlineData("""{"all":[{"field":"tags","gt":"j"},{"field":"tags","lt":"m"}]}""", true)]
    [InlineData("""{"field":"year","gt":1900,"gte":1902}""", false)]
    [InlineData("""{"field":"author.name","eq":"Kipling"}""", true)]
    [InlineData("""{"field":"author","exists":true}""", false)]
    [InlineData("""{"field":"author.born","exists":true}""", true)]
    [InlineData("""{"field":"note","exists":true}""", false)]
    [InlineData("""{"field":"unknown","exists":false}""", true)]
    [InlineData("""{"field":"unknown","ne":1}""", true)]
    [InlineData("""{"field":"lent","eq":false}""", true)]
    [InlineData("""{"field":"lent","eq":0}""", false)]
    [InlineData("""{"not":{"field":"lent","eq":true}}""", true)]
    [InlineData("""{"all":[{"field":"year","gt":1900},{"field":"tags","eq":"poem"}]}""", false)]
    [InlineData("""{"any":[{"field":"year","gt":1950},{"field":"tags","eq":"novel"}]}""", true)]
    public void Filter_OnOneDocument_SaysWhetherItMatches(string filter, bool expected)
    {
        var fields = new FieldNames();
        var cells = MetadataReader.Read(Book, fields);

        Parse(filter, fields).Matches(cells).Should().Be(expected);
    }

    [Theory]
    [InlineData("""[]""", "*is Array; wanted an object*")]
    [InlineData("""{}""", "*has no 'field'*")]
    [InlineData("""{"field":1,"eq":1}""", "*filter.field is Number*")]
    [InlineData("""{"field":"a"}""", "*no condition*")]
    [InlineData("""{"field":"a","like":"x"}""", "*filter.like is unknown*")]
    [InlineData("""{"field":"a","eq":[1]}""", "*filter.eq is Array*")]
    [InlineData("""{"field":"a","in":[]}""", "*1 to 1000 values*")]
    [InlineData("""{"field":"a","eq":18446744073709551616}""", "*more than 64 bits*send such ids as texts*")]
    [InlineData("""{"field":"a","exists":1}""", "*true or false*")]
    [InlineData("""{"all":[]}""", "*filter.all must be a list*")]
    [InlineData("""{"any":[{"field":"a","gt":1},{"x":1}]}""", "*filter.any[1].x is unknown*")]
    [InlineData("""{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"field":"a","eq":1}}}}}}}}}""", "*more than 8 levels*")]
    public void Filter_ThatIsWrong_IsRefusedWithItsPlace(string filter, string message)
    {
        var parse = () => Parse(filter, new FieldNames());

        parse.Should().Throw<FilterException>().WithMessage(message);
    }

    [Theory]
    [InlineData("9007199254740993", "eq", "9007199254740992", false)]
    [InlineData("9007199254740993", "eq", "9007199254740993", true)]
    [InlineData("9007199254740993", "gt", "9007199254740992", true)]
    [InlineData("-9007199254740993", "lt", "-9007199254740992", true)]
    [InlineData("9223372036854775807", "lt", "9223372036854775808", true)]
    [InlineData("18446744073709551615", "eq", "18446744073709551614", false)]
    [InlineData("1000000000000000000", "eq", "1e18", true)]
    [InlineData("1000000000000000001", "eq", "1e18", false)]
    [InlineData("1e300", "gt", "9223372036854775807", true)]
    public void Filter_OnLargeWholeNumbers_TellsNeighboursApart(string stored, string condition, string asked, bool expected)
    {
        var fields = new FieldNames();
        var cells = MetadataReader.Read($$"""{"id":{{stored}}}""", fields);

        Parse($$"""{"field":"id","{{condition}}":{{asked}}}""", fields).Matches(cells).Should().Be(expected);
    }

    [Fact]
    public void Filter_OnANameBeyondTheMost_IsRefused()
    {
        var fields = new FieldNames();
        MetadataReader.Read("{" + string.Join(',', Enumerable.Range(0, FieldNames.Maximum).Select(i => $"\"f{i}\":{i}")) + "}", fields);
        var parse = () => Parse("""{"field":"f1090","exists":false}""", fields);
        parse.Should().NotThrow("every name of the documents is known, and this is none of them");

        MetadataReader.Read("""{"f1090":1}""", fields);

        parse.Should().Throw<FilterException>().WithMessage("filter.field is 'f1090', which cannot be filtered on: the collection has more than 1,024 field names");
        Parse("""{"field":"f1023","exists":true}""", fields).Should().NotBeNull();
    }

    [Fact]
    public void Filter_ManyConditions_AreCountedByComparison()
    {
        var all = (int count) => () => Parse("""{"all":[""" + string.Join(',', Enumerable.Repeat("""{"field":"a","eq":1}""", count)) + "]}", new FieldNames());
        var ranges = () => Parse("""{"all":[""" + string.Join(',', Enumerable.Repeat("""{"field":"a","gte":1,"lt":2}""", 33)) + "]}", new FieldNames());

        all(FilterParser.MaximumConditions).Should().NotThrow();
        all(FilterParser.MaximumConditions + 1).Should().Throw<FilterException>().WithMessage("*more than 64 conditions*");
        ranges.Should().Throw<FilterException>().WithMessage("*more than 64 conditions*");
    }

    [Theory]
    [InlineData("""{"field":"number","eq":17}""")]
    [InlineData("""{"field":"number","in":[1,2,3,4,5,6,7,8,9,10,11,12]}""")]
    [InlineData("""{"field":"thousandth","eq":true}""")]
    [InlineData("""{"field":"parity","eq":"odd"}""")]
    [InlineData("""{"not":{"field":"number","eq":17}}""")]
    [InlineData("""{"field":"number","lt":5}""")]
    [InlineData("""{"all":[{"field":"parity","eq":"odd"},{"field":"number","gte":100},{"field":"number","lt":110}]}""")]
    [InlineData("""{"any":[{"field":"number","eq":3},{"field":"thousandth","eq":true}]}""")]
    [InlineData("""{"field":"nobody","eq":1}""")]
    public void Search_WithFilter_FindsTheNearestThatMatch(string filter)
    {
        var collection = Numbers(4_000);
        var query = StoreFixtures.Vector(123_456);
        var parsed = Parse(filter, collection.Fields);
        var expected = collection.Cards.Keys().Where(key => parsed.Matches(collection.Cards.Find(key)!.Cells))
            .OrderBy(key => Distance(collection, key, query)).Take(10).ToList();

        var found = new Neighbor[10];
        var count = collection.Index.Search(query, found, new SearchSettings { Width = 400, Filter = collection.Plan(parsed) });

        found.Take(count).Select(neighbor => neighbor.Key).Should().Equal(expected);
    }

    [Fact]
    public void Plan_FilterThatKeepsFew_LooksThemUp()
    {
        var collection = Numbers(4_000);

        collection.Plan(Parse("""{"field":"thousandth","eq":true}""", collection.Fields)).Should().BeOfType<KeySet>().Which.Count.Should().Be(4);
        collection.Plan(Parse("""{"field":"parity","eq":"odd"}""", collection.Fields)).Should().BeOfType<MetadataFilter>();
    }

    [Fact]
    public void Plan_AfterDocumentsChanged_SeesThePresent()
    {
        var collection = Numbers(100);
        for (var round = 0; round < 50; round++)
        {
            // The value goes to and fro, so that its posting list fills with what no longer holds.
            collection.Apply([Change(5, round % 2 == 0 ? """{"color":"red"}""" : """{"color":"blue"}""")], 1);
        }

        collection.Apply([new IndexChange(1, 6, null)], 1);

        Matching("""{"field":"color","eq":"red"}""").Should().BeEmpty();
        Matching("""{"field":"color","eq":"blue"}""").Should().Equal(5);
        Matching("""{"field":"number","in":[5,6,7]}""").Should().Equal(7);

        IEnumerable<ulong> Matching(string filter)
        {
            var plan = (KeySet)collection.Plan(Parse(filter, collection.Fields));
            return Enumerable.Range(0, 101).Select(i => (ulong)i).Where(plan.Matches);
        }
    }

    [Theory]
    [InlineData("""[1]""", "*wanted an object*")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}""", "*nested*")]
    [InlineData("""{"a":1e999}""", "*out of range*")]
    public void Metadata_ThatIsWrong_IsRefused(string metadata, string message)
    {
        using var document = JsonDocument.Parse(metadata);

        MetadataReader.FindProblem(document.RootElement).Should().Match(message);
    }

    [Fact]
    public void Metadata_ItsSize_IsInBytes()
    {
        // An umlaut is one character and two bytes.
        using var document = JsonDocument.Parse($$"""{"a":"{{new string('ü', MetadataReader.MaximumBytes / 2)}}"}""");

        MetadataReader.FindProblem(document.RootElement).Should().Be("metadata has 65,544 bytes; wanted at most 65,536");
    }

    private static FilterNode Parse(string filter, FieldNames fields)
    {
        using var document = JsonDocument.Parse(filter);
        return FilterParser.Parse(document.RootElement, fields);
    }

    private static LiveCollection Numbers(int count)
    {
        var record = new CollectionRecord(1, new CollectionSettings { Name = "numbers", Dimension = StoreFixtures.Dimension }, 1, 1);
        var collection = new LiveCollection(record, new NearestNeighborIndex(record.Settings.ToIndexOptions()));
        collection.Apply([.. Enumerable.Range(0, count).Select(i => Change(i, $$"""{"number":{{i}},"parity":"{{(i % 2 == 0 ? "even" : "odd")}}","thousandth":{{(i % 1_000 == 0 ? "true" : "false")}}}"""))], 1);
        return collection;
    }

    private static IndexChange Change(int number, string metadata) =>
        new(1, (ulong)number, new DocumentWrite($"d{number}", StoreFixtures.Vector(number), null, metadata));

    private static double Distance(LiveCollection collection, ulong key, float[] query)
    {
        var vector = new float[StoreFixtures.Dimension];
        collection.Index.TryGetVector(key, vector).Should().BeTrue();
        return 1 - (vector.Zip(query, (a, b) => (double)a * b).Sum() / Math.Sqrt(query.Sum(a => (double)a * a)));
    }
}
