/** Whether a fault test runs as long as it is meant to be for a release, which `scripts/faults NAME --long` asks for. */
export const isLong = process.env.FAULTS_LONG === '1';
