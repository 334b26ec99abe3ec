export type Slots = {
  /**
   * A place to read one body of so many bytes for this peer, sooner or later; null when its line is full. Give it
   * back with `leave`.
   */
  enter(peer: string, bytes: number): Promise<Slot | null>;
};

export type Slot = { leave(): void };

type Waiting = { bytes: number; goOn: () => void };
type Peer = { reading: number; line: Waiting[] };

const MEGABYTE = 1024 * 1024;

/**
 * At most `places` bodies are read at once per peer; others stand in a line of at most `line`, and of at most
 * `lineBytes` together: what waits is partly in memory already.
 */
export function createSlots({ places = 16, line = 256, lineBytes = 32 * MEGABYTE } = {}): Slots {
  const peers = new Map<string, Peer>();

  function leaver(name: string, peer: Peer): Slot {
    let left = false;
    return {
      leave() {
        if (left) {
          return;
        }
        left = true;
        const next = peer.line.shift();
        if (next) {
          next.goOn();
        } else {
          peer.reading -= 1;
          if (peer.reading === 0) {
            peers.delete(name);
          }
        }
      },
    };
  }

  function hasRoom({ line: waiting }: Peer, bytes: number): boolean {
    const before = waiting.reduce((sum, one) => sum + one.bytes, 0);
    return waiting.length < line && before + bytes <= lineBytes;
  }

  return {
    async enter(name, bytes) {
      const peer = peers.get(name) ?? { reading: 0, line: [] };
      peers.set(name, peer);
      if (peer.reading < places) {
        peer.reading += 1;
      } else if (hasRoom(peer, bytes)) {
        // Whoever leaves hands the place over: `reading` stays as it is.
        await new Promise<void>((goOn) => peer.line.push({ bytes, goOn }));
      } else {
        return null;
      }
      return leaver(name, peer);
    },
  };
}
