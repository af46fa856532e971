namespace Pulumi;

public static partial class Output
{
    /// <summary>The values together; known when all are known, secret when one is secret.</summary>
    public static Output<(T1, T2)> Tuple<T1, T2>(Input<T1> item1, Input<T2> item2)
    {
        return new(JoinAsync());

        async Task<Serialization.OutputData<(T1, T2)>> JoinAsync()
        {
            var join = new OutputJoin();
            return join.Complete((
                await join.Take(item1).ConfigureAwait(false),
                await join.Take(item2).ConfigureAwait(false)));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2)> Tuple<T1, T2>(Output<T1> item1, Output<T2> item2)
        => Tuple((Input<T1>)item1, (Input<T2>)item2);

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Input<T1> item1, Input<T2> item2, Input<T3> item3)
    {
        return new(JoinAsync());

        async Task<Serialization.OutputData<(T1, T2, T3)>> JoinAsync()
        {
            var join = new OutputJoin();
            return join.Complete((
                await join.Take(item1).ConfigureAwait(false),
                await join.Take(item2).ConfigureAwait(false),
                await join.Take(item3).ConfigureAwait(false)));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Output<T1> item1, Output<T2> item2, Output<T3> item3)
        => Tuple((Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3);

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Input<T1> item1, Input<T2> item2,
        Input<T3> item3, Input<T4> item4)
    {
        return new(JoinAsync());

        async Task<Serialization.OutputData<(T1, T2, T3, T4)>> JoinAsync()
        {
            var join = new OutputJoin();
            return join.Complete((
                await join.Take(item1).ConfigureAwait(false),
                await join.Take(item2).ConfigureAwait(false),
                await join.Take(item3).ConfigureAwait(false),
                await join.Take(item4).ConfigureAwait(false)));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Output<T1> item1, Output<T2> item2,
        Output<T3> item3, Output<T4> item4)
        => Tuple((Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3, (Input<T4>)item4);

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3,
        Input<T4> item4, Input<T5> item5)
    {
        return new(JoinAsync());

        async Task<Serialization.OutputData<(T1, T2, T3, T4, T5)>> JoinAsync()
        {
            var join = new OutputJoin();
            return join.Complete((
                await join.Take(item1).ConfigureAwait(false),
                await join.Take(item2).ConfigureAwait(false),
                await join.Take(item3).ConfigureAwait(false),
                await join.Take(item4).ConfigureAwait(false),
                await join.Take(item5).ConfigureAwait(false)));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3,
        Output<T4> item4, Output<T5> item5)
        => Tuple((Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3, (Input<T4>)item4, (Input<T5>)item5);

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3,
        Input<T4> item4, Input<T5> item5, Input<T6> item6)
    {
        return new(JoinAsync());

        async Task<Serialization.OutputData<(T1, T2, T3, T4, T5, T6)>> JoinAsync()
        {
            var join = new OutputJoin();
            return join.Complete((
                await join.Take(item1).ConfigureAwait(false),
                await join.Take(item2).ConfigureAwait(false),
                await join.Take(item3).ConfigureAwait(false),
                await join.Take(item4).ConfigureAwait(false),
                await join.Take(item5).ConfigureAwait(false),
                await join.Take(item6).ConfigureAwait(false)));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3,
        Output<T4> item4, Output<T5> item5, Output<T6> item6)
        => Tuple((Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3, (Input<T4>)item4, (Input<T5>)item5, (Input<T6>)item6);

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4,
        Input<T5> item5, Input<T6> item6, Input<T7> item7)
    {
        return new(JoinAsync());

        async Task<Serialization.OutputData<(T1, T2, T3, T4, T5, T6, T7)>> JoinAsync()
        {
            var join = new OutputJoin();
            return join.Complete((
                await join.Take(item1).ConfigureAwait(false),
                await join.Take(item2).ConfigureAwait(false),
                await join.Take(item3).ConfigureAwait(false),
                await join.Take(item4).ConfigureAwait(false),
                await join.Take(item5).ConfigureAwait(false),
                await join.Take(item6).ConfigureAwait(false),
                await join.Take(item7).ConfigureAwait(false)));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4,
        Output<T5> item5, Output<T6> item6, Output<T7> item7)
        => Tuple(
            (Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3, (Input<T4>)item4,
            (Input<T5>)item5, (Input<T6>)item6, (Input<T7>)item7);

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4,
        Input<T5> item5, Input<T6> item6, Input<T7> item7, Input<T8> item8)
    {
        return new(JoinAsync());

        async Task<Serialization.OutputData<(T1, T2, T3, T4, T5, T6, T7, T8)>> JoinAsync()
        {
            var join = new OutputJoin();
            return join.Complete((
                await join.Take(item1).ConfigureAwait(false),
                await join.Take(item2).ConfigureAwait(false),
                await join.Take(item3).ConfigureAwait(false),
                await join.Take(item4).ConfigureAwait(false),
                await join.Take(item5).ConfigureAwait(false),
                await join.Take(item6).ConfigureAwait(false),
                await join.Take(item7).ConfigureAwait(false),
                await join.Take(item8).ConfigureAwait(false)));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4,
        Output<T5> item5, Output<T6> item6, Output<T7> item7, Output<T8> item8)
        => Tuple(
            (Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3, (Input<T4>)item4,
            (Input<T5>)item5, (Input<T6>)item6, (Input<T7>)item7, (Input<T8>)item8);
}
