// What OonoBox uses of mediabunny: read WebM, copy or take Opus packets, write Ogg. `src/testing/vendor-mediabunny.ts`
// makes mediabunny.min.js of it.
export {
  BlobSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  Input,
  OggOutputFormat,
  Output,
  WEBM,
} from 'mediabunny';
