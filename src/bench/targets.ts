/** What a figure has to reach, and how that reads. */
type Target = { least: number } | { most: number };

/** The product's promises in numbers. */
const targets: Readonly<Record<string, Target>> = {
  processed_ratio: { least: 0.35 },
  ack_p50_ms: { most: 10 },
  ack_p99_ms: { most: 50 },
  list_p50_ms: { most: 5 },
  list_p99_ms: { most: 20 },
  thread_p50_ms: { most: 5 },
  thread_p99_ms: { most: 20 },
  growth: { most: 1.3 },
  search_p99_ms: { most: 100 },
  search_ack_p99_ms: { most: 50 },
  first_view_bytes: { most: 60 * 1024 },
  push_p99_ms: { most: 250 },
  rss_idle_mb: { most: 150 },
  rss_load_mb: { most: 400 },
  rss_1000_accounts_mb: { most: 500 },
  start_ms: { most: 200 },
  start_cold_ms: { most: 600 },
  binary_mb: { most: 160 },
};

export type Figures = Record<string, number | null>;

/** A sentence for every target that a measured figure misses. */
export function missedTargets(figures: Figures): string[] {
  return Object.entries(figures).flatMap(([name, value]) => {
    const target = targets[name];
    if (target === undefined || value === null) {
      return [];
    }
    const isMissed = 'least' in target ? value < target.least : value > target.most;
    const wanted = 'least' in target ? `at least ${target.least}` : `at most ${target.most}`;
    return isMissed ? [`${name} is ${value}; the target is ${wanted}.`] : [];
  });
}
