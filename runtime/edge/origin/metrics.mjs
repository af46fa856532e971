const NAMESPACE = 'AkiDB/Edge';

/**
 * One line in CloudWatch's embedded metric format: counts, and the time at the origin, by function (environments share
 * accounts) and by its tiers. Country, trace and the rest are not dimensions: each value of one is a metric that costs by the month;
 * the log query has them all the same.
 */
export function measurement({ now, started, status, name, tier, country, requestId, trace, region }) {
  const line = {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{
        Namespace: NAMESPACE,
        Dimensions: [['Function'], ['Function', 'Tier']],
        Metrics: [{ Name: 'RequestCount', Unit: 'Count' }, { Name: 'ErrorCount', Unit: 'Count' }],
      }],
    },
    Function: name,
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
