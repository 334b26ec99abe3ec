import { type Cumulative, cumulate, type Histogram } from './histogram.ts';

export type Labels = Readonly<Record<string, string>>;
export type Sample<Value> = { labels?: Labels; value: Value };
type Kind<Type extends string, Value> = { type: Type; name: string; help: string; samples: Sample<Value>[] };

/** What Prometheus is told: names without the prefix, in base units. */
export type Metric = Kind<'gauge', number> | Kind<'counter', number> | Kind<'histogram', Cumulative>;

type Values = number | Sample<number>[];
const samplesOf = (values: Values) => (typeof values === 'number' ? [{ value: values }] : values);

export const gauge = (name: string, help: string, values: Values): Metric => ({
  type: 'gauge',
  name,
  help,
  samples: samplesOf(values),
});
export const counter = (name: string, help: string, values: Values): Metric => ({
  type: 'counter',
  name,
  help,
  samples: samplesOf(values),
});
export const histogram = (name: string, help: string, of: Histogram): Metric => ({
  type: 'histogram',
  name,
  help,
  samples: [{ value: cumulate(of) }],
});
