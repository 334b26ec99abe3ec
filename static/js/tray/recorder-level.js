const mostLevels = 40;
const width = 4;
const middle = 16;
/** Below it a microphone that is on is off. */
const noise = 0.002;

/** How loud it is, as a number up to 1. */
export function followLevel(context, source) {
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  const samples = new Float32Array(analyser.fftSize);
  const levels = [];
  source.connect(analyser);
  return {
    isSilent: true,
    read() {
      analyser.getFloatTimeDomainData(samples);
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      this.isSilent &&= loudest < noise;
      levels.push(loudest);
      return levels.slice(-mostLevels);
    },
  };
}

/** A stroke for each of the last levels, the newest at the end. */
export function drawLevel(path, levels) {
  const first = mostLevels - levels.length;
  const strokes = levels.map((level, index) => {
    // Speech is far from full scale.
    const half = 1 + Math.min(1, Math.sqrt(level)) * (middle - 2);
    return `M${(first + index) * width + 2} ${middle - half}V${middle + half}`;
  });
  path.setAttribute('d', strokes.join(''));
}
