namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>Texts that mean the same must be nearer than texts that share words or topics. Our own sentences.</summary>
public sealed class SemanticSanityTests(SentenceEncoderFixture fixture) : IClassFixture<SentenceEncoderFixture>
{
    [Theory]
    [InlineData("The cat rested on the carpet", "A kitten slept on the rug", "The stock market fell sharply")]
    [InlineData("How do I reset my password?", "I forgot my login credentials", "How do I cook rice?")]
    [InlineData("The server is out of memory", "The machine has no RAM left", "The waiter forgot our order")]
    [InlineData("cheap flights to Paris", "low-cost airline tickets to France", "how to bake bread")]
    [InlineData("symptoms of the flu", "fever, cough and a sore throat", "best laptops for students")]
    [InlineData("The meeting was postponed until Monday", "They moved the appointment to next week", "Monday is the first day of the week in many calendars")]
    [InlineData("She plays the violin", "He is a musician", "The car needs new tires")]
    [InlineData("heavy rain caused flooding", "the storm put streets under water", "the singer released a new album")]
    [InlineData("buying a house", "purchasing a home", "baking a cake")]
    [InlineData("our database is slow", "queries take too long", "my dog is lazy")]
    [InlineData("The doctor examined the patient", "A physician checked a sick man", "The mechanic repaired the engine")]
    [InlineData("What time does the shop open?", "opening hours of the store", "What is the capital of Norway?")]
    public async Task Paraphrase_IsNearerThanAnotherTopic(string text, string paraphrase, string other)
    {
        var vectors = await fixture.Embedder.EmbedAsync([text, paraphrase, other]);

        double near = Vectors.Cosine(vectors[0].Vector, vectors[1].Vector);
        double far = Vectors.Cosine(vectors[0].Vector, vectors[2].Vector);

        near.Should().BeGreaterThan(far + 0.1);
    }

    [Fact]
    public async Task Queries_FindTheirDocuments()
    {
        (string Query, string Document)[] pairs =
        [
            ("how to lower my electricity bill", "Switching off devices and insulating the house saves power and money."),
            ("pain in the knee after running", "Joint injuries of athletes often come from overuse; rest the leg."),
            ("learn to play an instrument", "Weekly piano lessons help beginners read music."),
            ("get a refund", "You may return the product within thirty days and we give your money back."),
            ("my computer is infected", "Malware and viruses can be removed by scanning the PC."),
            ("vegetarian dinner ideas", "A recipe of beans, rice and vegetables without meat."),
            ("planets of our solar system", "Mars, Jupiter and Saturn orbit the sun."),
            ("how to invest my savings", "Shares and bonds can grow your capital over the years."),
            ("teach a dog to sit", "Training puppies works best with treats and patience."),
            ("the first man on the moon", "Neil Armstrong left his spacecraft in 1969 and walked on the lunar surface."),
        ];
        var queries = await fixture.Embedder.EmbedAsync([.. pairs.Select(pair => pair.Query)]);
        var documents = await fixture.Embedder.EmbedAsync([.. pairs.Select(pair => pair.Document)]);

        for (int i = 0; i < pairs.Length; i++)
        {
            int best = Enumerable.Range(0, pairs.Length).MaxBy(d => Vectors.Cosine(queries[i].Vector, documents[d].Vector));
            pairs[best].Document.Should().Be(pairs[i].Document, "that answers '{0}'", pairs[i].Query);
        }
    }
}
