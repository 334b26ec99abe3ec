import { mediabunny, words } from './parts.js';

/** What WhatsApp shows as a voice note: one channel of Opus in Ogg (RFC 7845), which the server checks. */
const type = 'audio/ogg; codecs=opus';
const rate = 48_000;
/** Bits a second: four minutes of speech stay under the 512 KB up to which WhatsApp plays at once. */
export const bitrate = 16_000;

let loading = null;

/** Begun with the first recording, so that it is here when that ends. */
export function loadWriter() {
  loading ??= import(mediabunny).catch((cause) => {
    loading = null;
    throw Object.assign(new Error('The part that writes Ogg did not come.', { cause }), { isCutOff: true });
  });
  return loading;
}

/** What a recording becomes: its packets in Ogg; else encoded anew; else it goes as it is, as a file. */
export async function makeVoiceNote(recorded) {
  const file = (await copied(recorded)) ?? (await encoded(recorded));
  return file === null
    ? {
        isVoice: false,
        isRaw: false,
        hint: words.recorder.asFile,
        file: named(recorded, `recording.${recorded.type.includes('mp4') ? 'm4a' : 'webm'}`),
      }
    : { isRaw: false, file: named(file, 'voice-note.ogg') };
}

const named = (blob, name) => new File([blob], name, { type: blob.type.split(';')[0] });

/** The packets as they were recorded; null when they are not Opus of one channel. */
async function copied(recorded) {
  if (recorded.type.startsWith('audio/ogg')) {
    return (await channelsOf(recorded)) === 1 ? recorded : null;
  } else if (!recorded.type.startsWith('audio/webm')) {
    return null;
  }
  const { BlobSource, EncodedPacketSink, Input, WEBM } = await loadWriter();
  const input = new Input({ source: new BlobSource(recorded), formats: [WEBM] });
  const track = await input.getPrimaryAudioTrack();
  const decoderConfig = await track.getDecoderConfig();
  if (decoderConfig?.codec !== 'opus' || decoderConfig.numberOfChannels !== 1) {
    return null;
  }
  return writeOgg(new EncodedPacketSink(track).packets(), decoderConfig);
}

/** How many channels the first page announces. */
async function channelsOf(ogg) {
  const head = new Uint8Array(await ogg.slice(0, 64).arrayBuffer());
  return head[28 + 9];
}

async function writeOgg(packets, decoderConfig) {
  const { BufferTarget, EncodedAudioPacketSource, OggOutputFormat, Output } = await loadWriter();
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  for await (const packet of packets) {
    await source.add(packet, { decoderConfig });
  }
  await output.finalize();
  return new Blob([target.buffer], { type });
}

/** Of browsers that record something else. Null where there is no encoder. */
async function encoded(recorded) {
  const config = { codec: 'opus', sampleRate: rate, numberOfChannels: 1, bitrate };
  const support = await globalThis.AudioEncoder?.isConfigSupported(config).catch(() => null);
  if (!support?.supported) {
    return null;
  }
  const [{ EncodedPacket }, samples] = await Promise.all([loadWriter(), decode(recorded)]);
  const packets = [];
  let decoderConfig = null;
  const encoder = new AudioEncoder({
    output(chunk, metadata) {
      decoderConfig ??= metadata.decoderConfig;
      packets.push(EncodedPacket.fromEncodedChunk(chunk));
    },
    // The flush below fails with it.
    error() {},
  });
  encoder.configure(config);
  for (let start = 0; start < samples.length; start += rate) {
    encodeSecond(encoder, samples.subarray(start, start + rate), start / rate);
  }
  await encoder.flush();
  encoder.close();
  return writeOgg(packets, decoderConfig);
}

function encodeSecond(encoder, data, second) {
  const audio = new AudioData({
    format: 'f32-planar',
    sampleRate: rate,
    numberOfFrames: data.length,
    numberOfChannels: 1,
    timestamp: second * 1_000_000,
    data,
  });
  encoder.encode(audio);
  audio.close();
}

/** One channel of samples at Opus' own rate. */
async function decode(recorded) {
  const context = new OfflineAudioContext(1, 1, rate);
  const buffer = await context.decodeAudioData(await recorded.arrayBuffer());
  const mixing = new OfflineAudioContext(1, Math.max(1, buffer.length), rate);
  const source = new AudioBufferSourceNode(mixing, { buffer });
  source.connect(mixing.destination);
  source.start();
  return (await mixing.startRendering()).getChannelData(0);
}
