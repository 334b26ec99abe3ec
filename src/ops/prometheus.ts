import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Cumulative } from './histogram.ts';
import type { Metric, Sample } from './metric.ts';

// The only file that knows prom-client, which takes some megabytes: it is loaded when somebody first asks.

export const contentType = Registry.PROMETHEUS_CONTENT_TYPE;

/** The text that Prometheus reads. */
export async function writeMetrics(metrics: readonly Metric[]): Promise<string> {
  const registry = new Registry();
  for (const metric of metrics.filter(({ samples }) => samples.length > 0)) {
    register(registry, metric);
  }
  return await registry.metrics();
}

function register(registry: Registry, metric: Metric): void {
  const labelNames = Object.keys(metric.samples[0]?.labels ?? {});
  const about = { name: `oonobox_${metric.name}`, help: metric.help, labelNames, registers: [registry] };
  if (metric.type === 'gauge') {
    const gauge = new Gauge(about);
    for (const { labels = {}, value } of metric.samples) {
      gauge.set(labels, value);
    }
  } else if (metric.type === 'counter') {
    const counter = new Counter(about);
    for (const { labels = {}, value } of metric.samples) {
      counter.inc(labels, value);
    }
  } else {
    // It can only be told one value after the other; ours were counted already.
    const { name, help } = about;
    const values = metric.samples.flatMap((sample) => linesOf(name, sample));
    Object.assign(new Histogram(about), {
      getForPromString: async () => ({ name, help, type: 'histogram', values }),
    });
  }
}

function linesOf(name: string, { labels = {}, value: { upTo, count, sum } }: Sample<Cumulative>) {
  return [
    ...upTo.map((one) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le: String(one.bound) },
      value: one.count,
    })),
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
