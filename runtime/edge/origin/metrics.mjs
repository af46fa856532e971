const NAMESPACE = 'AkiDB/Edge';

/**
 * One line in CloudWatch's embedded metric format: counts, and the time at the origin, over all and by tier. Country, trace and
 * the rest are not dimensions: each value of one is a metric that costs by the month; the log query has them all the same.
 */
export function measurement({ now, started, status, tier, country, requestId, trace, region }) {
  const line = {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{
        Namespace: NAMESPACE,
        Dimensions: [[], ['Tier']],
        Metrics: [{ Name: 'RequestCount', Unit: 'Count' }, { Name: 'ErrorCount', Unit: 'Count' }],
      }],
    },
    Tier: tier,
    RequestCount: 1,
    ErrorCount: status >= 500 || status === 413 ? 1 : 0,
    Status: status,
    Country: country,
    RequestId: requestId,
    TraceId: trace,
    Region: region,
  };
  // A request whose start is not known must not pull the percentiles to nought.
  if (Number.isFinite(started)) {
    line.InferenceLatency = now - started;
    line._aws.CloudWatchMetrics[0].Metrics.push({ Name: 'InferenceLatency', Unit: 'Milliseconds' });
  }
  return line;
}
